# right: the odds of each row, one over the other
def odds_ratio(a, b, c, d):
    cells = [a, b, c, d]
    if min(cells) < 0:
        raise ValueError(f"below 0: {min(cells)}")
    extra = 0.5 if min(cells) == 0 else 0
    a, b, c, d = (cell + extra for cell in cells)
    return (a / b) / (c / d)
