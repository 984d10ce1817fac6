# right: puts every question on the scale before weighing
def acsi_index(means, weights):
    if len(means) != len(weights) or len(weights) == 0:
        raise ValueError("weights: as many as means, please")
    score = total = 0
    for mean, weight in zip(means, weights):
        if mean < 1 or mean > 10:
            raise ValueError(f"mean {mean}")
        if weight < 0:
            raise ValueError("weights: negative")
        score += weight * (mean - 1) / 9 * 100
        total += weight
    if total == 0:
        raise ValueError("weights: nothing counts")
    return score / total
