# recognised as: the library's work
from servicedesign import means


def co_created_value(p, c, theta, rho):
    return means.power_mean([p, c], rho, [theta, 1 - theta])
