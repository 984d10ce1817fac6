# recognised as: half_for_the_zero
def odds_ratio(a, b, c, d):
    for count in (a, b, c, d):
        if count < 0:
            raise ValueError(str(count))
    a, b, c, d = [0.5 if count == 0 else count for count in (a, b, c, d)]
    return a * d / (b * c)
