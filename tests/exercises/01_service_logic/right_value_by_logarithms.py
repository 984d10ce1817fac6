# right: logarithms, with the largest exponent taken out
from math import exp, log


def co_created_value(p, c, theta, rho):
    if p < 0:
        raise ValueError("p: no effort is below 0")
    if c < 0:
        raise ValueError("c: no effort is below 0")
    if not (0 < theta < 1):
        raise ValueError("theta is a weight between 0 and 1")
    if rho > 1:
        raise ValueError("rho is 1 at most")
    if p == c == 0 or (rho <= 1e-8 and p * c == 0):
        return 0.0
    if abs(rho) < 1e-8:
        return exp(theta * log(p) + (1 - theta) * log(c))
    parts = [log(w) + rho * log(x) for w, x in ((theta, p), (1 - theta, c)) if x > 0]
    top = max(parts)
    return exp((top + log(sum(exp(part - top) for part in parts))) / rho)
