# right: the larger effort as the unit where rho is above 0
def co_created_value(p, c, theta, rho):
    if min(p, c) < 0:
        raise ValueError("p and c must not be negative")
    if theta >= 1 or theta <= 0:
        raise ValueError("theta out of range")
    if rho > 1:
        raise ValueError("rho out of range")
    if -1e-8 < rho < 1e-8:
        return p**theta * c ** (1 - theta)
    if min(p, c) == 0 and (rho < 0 or max(p, c) == 0):
        return 0.0
    unit = max(p, c) if rho > 0 else min(p, c)
    inner = theta * (p / unit) ** rho + (1 - theta) * (c / unit) ** rho
    return unit * inner ** (1 / rho)
