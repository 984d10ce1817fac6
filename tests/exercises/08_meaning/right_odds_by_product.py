# right: the zero is found by multiplying all four
def odds_ratio(a, b, c, d):
    for place, count in enumerate((a, b, c, d)):
        if count < 0:
            raise ValueError("count " + str(place + 1) + " is " + str(count))
    if a * b * c * d == 0:
        return odds_ratio(a + 0.5, b + 0.5, c + 0.5, d + 0.5)
    return d / c * a / b
