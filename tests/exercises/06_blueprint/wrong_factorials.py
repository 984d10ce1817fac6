# recognised as: factorials
import math


def mmc(lam, mu, c):
    if lam < 0:
        raise ValueError("lam")
    if mu <= 0:
        raise ValueError("mu")
    if c < 1:
        raise ValueError("tills")
    if lam >= c * mu:
        raise ValueError("steady")
    a = lam / mu
    rho = a / c
    last = a**c / math.factorial(c) / (1 - rho)
    p_wait = last / (sum(a**k / math.factorial(k) for k in range(c)) + last)
    wq = p_wait / (c * mu - lam)
    w = wq + 1 / mu
    return {"rho": rho, "p_wait": p_wait, "wq": wq, "w": w, "lq": lam * wq, "l": lam * w}
