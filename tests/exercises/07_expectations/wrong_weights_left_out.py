# recognised as: weights_left_out
def acsi_index(means, weights):
    for mean in means:
        if not 1 <= mean <= 10:
            raise ValueError(str(mean))
    if len(weights) != len(means) or not any(weights) or min(weights) < 0:
        raise ValueError("weights")
    return 100 * (sum(means) / len(means) - 1) / 9
