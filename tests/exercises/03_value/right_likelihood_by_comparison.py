# right: one traveller at a time, each way against the one taken
from math import exp, log


def log_likelihood(beta, rows):
    if len(rows) == 0:
        raise ValueError("rows must not be empty")
    people = sorted({row["individual"] for row in rows})
    result = 0.0
    for person in people:
        ways = [row for row in rows if row["individual"] == person]
        if [way["choice"] for way in ways].count(1) != 1:
            raise ValueError(f"person {person} must choose once")
        scores = []
        for way in ways:
            score = 0
            for name, weight in beta.items():
                score = score + weight * way[name]
            scores.append(score)
        chosen = next(score for way, score in zip(ways, scores, strict=True) if way["choice"] == 1)
        result -= log(sum(exp(score - chosen) for score in scores))
    return result
