# recognised as: never_refused
def mmc(lam, mu, c):
    if lam < 0:
        raise ValueError("lam")
    if mu <= 0:
        raise ValueError("mu")
    if c < 1:
        raise ValueError("tills")
    a = lam / mu
    rho = a / c
    b = 1.0
    for k in range(1, c + 1):
        b = a * b / (k + a * b)
    p_wait = b / (1 - rho * (1 - b))
    wq = p_wait / (c * mu - lam)
    w = wq + 1 / mu
    return {"rho": rho, "p_wait": p_wait, "wq": wq, "w": w, "lq": lam * wq, "l": lam * w}
