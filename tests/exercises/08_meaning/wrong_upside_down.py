# recognised as: upside_down
def odds_ratio(a, b, c, d):
    for count in (a, b, c, d):
        if count < 0:
            raise ValueError(str(count))
    if a == 0 or b == 0 or c == 0 or d == 0:
        a, b, c, d = a + 0.5, b + 0.5, c + 0.5, d + 0.5
    return b * c / (a * d)
