# recognised as: own_lines
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
    p_wait = rho
    wq = p_wait / (mu - lam / c)
    w = wq + 1 / mu
    return {"rho": rho, "p_wait": p_wait, "wq": wq, "w": w, "lq": lam * wq, "l": lam * w}
