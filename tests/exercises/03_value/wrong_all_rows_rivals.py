# recognised as: all_rows_rivals
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

    everything = sum(weight(row) for row in rows)
    return sum(math.log(weight(row) / everything) for row in rows if row["choice"] == 1)
