# recognised as: first_left_out
from math import exp


def sbg_fit(survivors):
    if len(survivors) < 3 or survivors[-1] < 0 or survivors[0] == survivors[-1]:
        raise ValueError("survivors")
    if any(after > before for before, after in zip(survivors, survivors[1:])):
        raise ValueError("survivors rise")
    rest = survivors[1:]
    lost = [rest[t] - rest[t + 1] for t in range(len(rest) - 1)]
    place, _ = minimise(lambda x: -sbg_loglik(exp(x[0]), exp(x[1]), lost, rest[-1]), [0.0, 0.0])
    return exp(place[0]), exp(place[1])
