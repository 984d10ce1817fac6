# recognised as: mean_score
def nps(scores):
    if scores == []:
        raise ValueError("no scores")
    for one in scores:
        if one < 0 or one > 10 or int(one) != one:
            raise ValueError(f"{one} is no answer")
    n = len(scores)
    mean = sum(scores) / n
    spread = sum((one - mean) ** 2 for one in scores) / n
    return mean, (spread / n) ** 0.5
