# right: counts of each answer from 0 to 10, divided at the end
def nps(scores):
    counts = [0] * 11
    for score in scores:
        if isinstance(score, float) and not score.is_integer():
            raise ValueError(f"{score} is not whole")
        if score > 10 or score < 0:
            raise ValueError(f"{score} is off the scale")
        counts[int(score)] += 1
    n = sum(counts)
    if n == 0:
        raise ValueError("scores: there are none")
    up, down = sum(counts[9:]), sum(counts[:7])
    difference = up - down
    return difference / n * 100, ((up + down) * n - difference**2) ** 0.5 / n / n**0.5 * 100
