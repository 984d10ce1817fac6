# right: by erf, and powers of a half
from math import erf


def two_proportions(x1, n1, x2, n2):
    if n1 < 1:
        raise ValueError("n1")
    if n2 < 1:
        raise ValueError("n2")
    if x1 < 0 or x1 > n1:
        raise ValueError("x1")
    if x2 < 0 or x2 > n2:
        raise ValueError("x2")
    first, second = x1 / n1, x2 / n2
    error = (first * (1 - first) / n1 + second * (1 - second) / n2) ** 0.5
    together = (x1 + x2) / (n1 + n2)
    common = (together * (1 - together) * (1 / n1 + 1 / n2)) ** 0.5
    answer = {"diff": first - second, "z": 0.0}
    answer["low"] = answer["diff"] - error * 1.96
    answer["high"] = answer["diff"] + error * 1.96
    if common > 0:
        answer["z"] = answer["diff"] / common
    answer["p"] = 1 - erf(abs(answer["z"]) / 2**0.5)
    return answer
