# right: the formula as it stands in the task
def acsi_index(means, weights):
    outside = [mean for mean in means if not (1 <= mean <= 10)]
    if outside:
        raise ValueError(str(outside[0]))
    if len(means) != len(weights) or any(w < 0 for w in weights) or not any(weights):
        raise ValueError("weights do not fit")
    upper = sum(weights[i] * means[i] for i in range(len(means))) - sum(weights)
    return 100 * upper / (9 * sum(weights))
