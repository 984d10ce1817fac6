# recognised as: always_a_half
def odds_ratio(a, b, c, d):
    for count in (a, b, c, d):
        if count < 0:
            raise ValueError(str(count))
    a, b, c, d = a + 0.5, b + 0.5, c + 0.5, d + 0.5
    return a * d / (b * c)
