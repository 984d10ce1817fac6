# right: by the beta function, as in the article
from math import lgamma


def log_beta(a, b):
    return lgamma(a) + lgamma(b) - lgamma(a + b)


def sbg_loglik(alpha, beta, lost, remaining):
    if alpha <= 0:
        raise ValueError("alpha must be above 0")
    if beta <= 0:
        raise ValueError("beta must be above 0")
    if len(lost) < 1 or min(lost) < 0:
        raise ValueError("lost must hold counts")
    if remaining < 0:
        raise ValueError("remaining must not be below 0")
    base = log_beta(alpha, beta)
    found = remaining * (log_beta(alpha, beta + len(lost)) - base)
    for t, count in enumerate(lost, 1):
        found += count * (log_beta(alpha + 1, beta + t - 1) - base)
    return found
