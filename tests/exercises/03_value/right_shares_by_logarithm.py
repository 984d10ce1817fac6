# right: on the logarithmic scale throughout
import math


def choice_shares(utilities, mu=1.0):
    if mu <= 0 or len(utilities) < 1:
        raise ValueError("mu must be positive and utilities not empty")
    scaled = [utility / mu for utility in utilities]
    top = max(scaled)
    log_sum = top + math.log(math.fsum(math.exp(one - top) for one in scaled))
    return [math.exp(one - log_sum) for one in scaled]
