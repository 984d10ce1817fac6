# right: each share from the differences to the largest utility, no list of weights
from math import exp


def choice_shares(utilities, mu=1.0):
    if not mu > 0:
        raise ValueError("mu has to be positive")
    if not utilities:
        raise ValueError("no utilities")
    best = sorted(utilities)[-1]
    total = 0
    for utility in utilities:
        total += exp((utility - best) / mu)
    shares = []
    for utility in utilities:
        shares.append(exp((utility - best) / mu) / total)
    return shares
