# right: adds up Erlang's terms from the last one down, each as a part of it
def mmc(lam, mu, c):
    if lam < 0:
        raise ValueError("lam is negative")
    if mu <= 0:
        raise ValueError("mu is not above 0")
    if c < 1:
        raise ValueError("tills are needed")
    if lam / mu >= c:
        raise ValueError("there is no steady state")
    load = lam / mu
    rho = load / c
    below, term = 0.0, 1.0  # the last term is 1; each earlier one is a part of it
    if load == 0:
        p_wait = 0.0
    else:
        for k in range(c, 0, -1):
            term = term * k / load
            if term > 1e300:  # the rest would change nothing but overflow
                below = float("inf")
                break
            below += term
        last = 1 / (1 - rho)
        p_wait = last / (below + last)
    lq = p_wait * rho / (1 - rho)
    wq = p_wait / (mu * c * (1 - rho))
    return {"rho": rho, "p_wait": p_wait, "wq": wq, "w": 1 / mu + wq, "lq": lq, "l": lq + load}
