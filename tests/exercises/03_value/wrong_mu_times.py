# recognised as: mu_times
import math


def choice_shares(utilities, mu=1.0):
    if mu <= 0:
        raise ValueError("mu must be above 0")
    if len(utilities) == 0:
        raise ValueError("utilities are missing")
    top = max(utilities)
    weights = [math.exp((u - top) * mu) for u in utilities]
    return [weight / sum(weights) for weight in weights]
