# recognised as: last_left_out
from math import exp


def sbg_fit(survivors):
    if len(survivors) < 3 or survivors[-1] < 0 or survivors[0] == survivors[-1]:
        raise ValueError("survivors")
    if any(after > before for before, after in zip(survivors, survivors[1:])):
        raise ValueError("survivors rise")
    lost = [survivors[t] - survivors[t + 1] for t in range(len(survivors) - 2)]
    place, _ = minimise(
        lambda x: -sbg_loglik(exp(x[0]), exp(x[1]), lost, survivors[-1]), [0.0, 0.0]
    )
    return exp(place[0]), exp(place[1])
