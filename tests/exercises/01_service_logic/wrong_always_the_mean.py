# recognised as: always_the_mean
def co_created_value(p, c, theta, rho):
    for name, effort in (("p", p), ("c", c)):
        if effort < 0:
            raise ValueError(name + " is below 0")
    if theta <= 0 or theta >= 1:
        raise ValueError("theta must lie between 0 and 1")
    if rho > 1:
        raise ValueError("rho is above 1")
    return theta * p + (1 - theta) * c
