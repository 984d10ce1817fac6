# recognised as: times_ten
def acsi_index(means, weights):
    for mean in means:
        if not 1 <= mean <= 10:
            raise ValueError(str(mean))
    if len(weights) != len(means) or not any(weights) or min(weights) < 0:
        raise ValueError("weights")
    total = sum(weights)
    weighted = sum(w * m for w, m in zip(weights, means))
    return 10 * weighted / total
