# recognised as: nothing_to_a_negative_power
def co_created_value(p, c, theta, rho):
    for name, effort in (("p", p), ("c", c)):
        if effort < 0:
            raise ValueError(name + " is below 0")
    if theta <= 0 or theta >= 1:
        raise ValueError("theta must lie between 0 and 1")
    if rho > 1:
        raise ValueError("rho is above 1")
    if abs(rho) < 1e-8:
        return p**theta * c ** (1 - theta)
    unit = max(p, c) if min(p, c) == 0 else min(p, c)
    p, c = p / unit, c / unit
    return unit * (theta * p**rho + (1 - theta) * c**rho) ** (1 / rho)
