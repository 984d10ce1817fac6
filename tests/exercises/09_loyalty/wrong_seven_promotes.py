# recognised as: seven_promotes
def nps(scores):
    if scores == []:
        raise ValueError("no scores")
    for one in scores:
        if one < 0 or one > 10 or int(one) != one:
            raise ValueError(f"{one} is no answer")
    n = len(scores)
    p = sum(one >= 7 for one in scores) / n
    d = sum(one <= 6 for one in scores) / n
    return 100 * (p - d), 100 * ((p + d - (p - d) ** 2) / n) ** 0.5
