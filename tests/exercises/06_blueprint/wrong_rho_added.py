# recognised as: rho_added
def mmc(lam, mu, c):
    if lam < 0:
        raise ValueError("lam")
    if mu <= 0:
        raise ValueError("mu")
    if c < 1:
        raise ValueError("tills")
    rho = lam / mu / c
    if rho >= 1:
        raise ValueError("steady")
    b = 1
    for k in range(1, c + 1):
        b = rho * b / (k + rho * b)
    p_wait = b / (1 - rho * (1 - b))
    wq = p_wait / (c * mu - lam)
    w = wq + 1 / mu
    return {"rho": rho, "p_wait": p_wait, "wq": wq, "w": w, "lq": lam * wq, "l": lam * w}
