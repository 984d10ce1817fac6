# right: from the chance to stay in each year, in logarithms all the way
import math


def sbg_loglik(alpha, beta, lost, remaining):
    for name, value in (("alpha", alpha), ("beta", beta)):
        if value <= 0:
            raise ValueError(f"{name} is {value}")
    if not lost or any(count < 0 for count in lost):
        raise ValueError(f"lost is {lost}")
    if remaining < 0:
        raise ValueError(f"remaining is {remaining}")
    found, stayed = 0.0, 0.0
    for year, count in enumerate(lost):
        leave = alpha / (alpha + beta + year)
        found += count * (stayed + math.log(leave))
        stayed += math.log(1 - leave)
    return found + remaining * stayed
