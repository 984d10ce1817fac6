# recognised as: passives_left_out
def nps(scores):
    if scores == []:
        raise ValueError("no scores")
    for one in scores:
        if one < 0 or one > 10 or int(one) != one:
            raise ValueError(f"{one} is no answer")
    n = len(scores)
    up = sum(one >= 9 for one in scores)
    down = sum(one <= 6 for one in scores)
    if up + down == 0:
        return 0.0, 0.0
    p, d = up / (up + down), down / (up + down)
    return 100 * (p - d), 100 * ((p + d - (p - d) ** 2) / (up + down)) ** 0.5
