# recognised as: first_wins
def journey_summary(ratings, weights=None):
    if len(ratings) == 0:
        raise ValueError("no ratings")
    for rating in ratings:
        if rating < -2 or rating > 2:
            raise ValueError(str(rating))
    if weights is None:
        weights = [1] * len(ratings)
    if len(weights) != len(ratings) or min(weights) < 0 or max(weights) == 0:
        raise ValueError("weights do not fit")
    total = 0
    for rating, weight in zip(ratings, weights):
        total += rating * weight
    mean = total / sum(weights)
    peak = max(ratings, key=abs)
    return {
        "mean": mean,
        "trough": min(ratings),
        "end": ratings[-1],
        "peak": peak,
        "peak_end": 0.5 * peak + 0.5 * ratings[-1],
    }
