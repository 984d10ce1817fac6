# recognised as: log_of_ten
import math


def log_likelihood(beta, rows):
    if len(rows) == 0:
        raise ValueError("rows are missing")
    for individual in {row["individual"] for row in rows}:
        taken = [row for row in rows if row["individual"] == individual and row["choice"] == 1]
        if len(taken) != 1:
            raise ValueError("one choice expected of " + str(individual))

    def weight(row):
        return math.exp(sum(beta[name] * row[name] for name in beta))

    sums = {}
    for row in rows:
        sums[row["individual"]] = sums.get(row["individual"], 0) + weight(row)
    taken = [row for row in rows if row["choice"] == 1]
    return sum(math.log10(weight(row) / sums[row["individual"]]) for row in taken)
