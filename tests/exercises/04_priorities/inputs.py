"""Arguments of each function, valid and odd ones, on which mutants are compared."""

from servicedesign.exercises.priorities import answers, columns, counts, grid


def kano_category(random):
    return tuple(random.choice([0, 1, 2, 3, 4, 5, 1, 2, 3, 4, 5, 6]) for _ in range(2))


def kano_coefficients(random):
    given = {key: number for key, number in counts(random).items() if random.random() < 0.8}
    if random.random() < 0.1:
        given = {key: 0 for key in given}
    if random.random() < 0.1:
        given.update(random.choice([{"X": 1}, {"M": -1}, {"R": -2, "Z": 3}]))
    return (given,)


def ipa(random):
    items = grid(random, 7)[: random.randint(1, 7)]
    if random.random() < 0.3:
        for item in items:
            item["importance"] = random.choice([3, 4, 5])
    if random.random() < 0.05:
        items.append(dict(random.choice(items)))
    if random.random() < 0.02:
        items = []
    crosshair = random.choice(["mean", "median", "midpoint"])
    return items, crosshair if random.random() < 0.97 or not items else "centre", (1, 7)


def pearson(random):
    x, y = columns(random, 12)
    count = random.choice([0, 1, 2, 3, 5, 12])
    x, y = x[:count], y[:count]
    fault = random.random()
    if fault < 0.1:
        x = [random.choice([0, 0.3, 7])] * len(x)
    elif fault < 0.15:
        y = y[1:]
    return x, y


def derived_importance(random):
    rows, target, names = answers(random)
    for row in rows:
        for name in row:
            if random.random() < 0.1:
                row[name] = random.choice([None, 0])
    return rows[: random.randint(0, len(rows))], target, names + [target] * (random.random() < 0.02)
