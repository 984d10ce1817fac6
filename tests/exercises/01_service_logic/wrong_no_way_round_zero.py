# recognised as: no_way_round_zero
def co_created_value(p, c, theta, rho):
    for name, effort in (("p", p), ("c", c)):
        if effort < 0:
            raise ValueError(name + " is below 0")
    if theta <= 0 or theta >= 1:
        raise ValueError("theta must lie between 0 and 1")
    if rho > 1:
        raise ValueError("rho is above 1")
    if rho < 0 and 0 in (p, c):
        return 0.0
    unit = min(p, c) or max(p, c) or 1.0
    p, c = p / unit, c / unit
    return unit * (theta * p**rho + (1 - theta) * c**rho) ** (1 / rho)
