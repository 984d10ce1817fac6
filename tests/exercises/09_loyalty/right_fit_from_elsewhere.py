# right: begins elsewhere, and returns a list
import math


def sbg_fit(survivors):
    if len(survivors) <= 2:
        raise ValueError("survivors needs three entries")
    if sorted(survivors, reverse=True) != list(survivors):
        raise ValueError("survivors rises")
    if survivors[-1] < 0 or survivors[0] == survivors[-1]:
        raise ValueError("survivors: below 0, or nobody left")
    gone = [survivors[t - 1] - survivors[t] for t in range(1, len(survivors))]

    def badness(logs):
        alpha, beta = map(math.exp, logs)
        return -sbg_loglik(alpha, beta, gone, survivors[-1]) / survivors[0]

    place = minimise(badness, [0.5, 1.0])[0]
    place = minimise(badness, place)[0]
    return (math.exp(place[0]), math.exp(place[1]))
