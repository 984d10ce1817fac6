# recognised as: remaining_forgotten
from math import log


def sbg_loglik(alpha, beta, lost, remaining):
    if alpha <= 0:
        raise ValueError("alpha")
    if beta <= 0:
        raise ValueError("beta")
    if lost == [] or min(lost) < 0:
        raise ValueError("lost")
    if remaining < 0:
        raise ValueError("remaining")
    chances = [alpha / (alpha + beta)]
    for t in range(2, len(lost) + 1):
        chances.append(chances[-1] * (beta + t - 2) / (alpha + beta + t - 1))
    return sum(n * log(p) for n, p in zip(lost, chances))
