# recognised as: weights_left_in
def acsi_index(means, weights):
    for mean in means:
        if not 1 <= mean <= 10:
            raise ValueError(str(mean))
    if len(weights) != len(means) or not any(weights) or min(weights) < 0:
        raise ValueError("weights")
    weighted = sum(w * m for w, m in zip(weights, means))
    return 100 * (weighted - 1) / 9
