# right: sorts by traveller and groups neighbours
import itertools
import math


def log_likelihood(beta, rows):
    if rows == []:
        raise ValueError("there are no rows")

    def whose(row):
        return row["individual"]

    total = 0
    for individual, group in itertools.groupby(sorted(rows, key=whose), key=whose):
        options = list(group)
        taken = [option for option in options if option["choice"]]
        if len(taken) != 1:
            raise ValueError("wrong number of choices by " + str(individual))
        weights = 0
        for option in options:
            weights += math.exp(utility(beta, option))
        total += utility(beta, taken[0]) - math.log(weights)
    return total


def utility(beta, row):
    return sum(beta[name] * row[name] for name in beta)
