# right: two nested searches by thirds, over the first year's share and how unlike people are
from math import exp, log


def sbg_fit(survivors):
    if len(survivors) < 3:
        raise ValueError("survivors: too few")
    lost = []
    for before, after in zip(survivors, survivors[1:]):
        if after > before or after < 0:
            raise ValueError("survivors: that is no cohort")
        lost.append(before - after)
    if not any(lost):
        raise ValueError("survivors: nobody left")

    def fits(leave, size):
        found, stayed = 0.0, 0.0
        for year, count in enumerate(lost):
            gone = leave * size / (size + year)
            found += count * (stayed + log(gone))
            stayed += log(1 - gone)
        return found + survivors[-1] * stayed

    def top(function, low, high):
        for _ in range(70):
            third = (high - low) / 3
            if function(low + third) < function(high - third):
                low += third
            else:
                high -= third
        return (low + high) / 2

    def best_leave(size):
        return top(lambda leave: fits(leave, size), 1e-6, 1 - 1e-6)

    size = exp(top(lambda x: fits(best_leave(exp(x)), exp(x)), -3, 8))
    leave = best_leave(size)
    return leave * size, (1 - leave) * size
