"""Arguments of each function, valid and odd ones, on which mutants are compared."""

from servicedesign.exercises.listening import persona, sheet


def wilson_interval(random):
    n = random.choice([0, 1, 2, 3, random.randint(1, 40), random.randint(1, 2000)])
    k = random.choice([0, n, random.randint(0, n)])
    z = random.choice([1.96, 1, 2.576, random.uniform(0.01, 4)])
    fault = random.random()
    if fault < 0.03:
        k = random.choice([-1, n + 1])
    elif fault < 0.06:
        z = random.choice([0, -1.96])
    return k, n, z


def observed_share(random):
    return tuple(
        random.choice([0, 1, random.random(), random.random(), random.uniform(-0.1, 1.1)])
        for _ in range(3)
    )


def delivery_gap(random):
    beliefs, ratings, threshold = sheet(random)
    for name in list(beliefs):
        if random.random() < 0.3:
            beliefs[name] = random.choice([0, 0.3, 0.5, 0.8, 1])
        if random.random() < 0.3:
            ratings[name] = random.choice([[7, 1], [1, 7], [None], [7], [], [1, 7, 7, 1]])
        if random.random() < 0.01:
            beliefs[name] = random.choice([-0.1, 1.5])
    return beliefs, ratings, threshold


def audit_persona(random):
    one = persona(random)
    one["group_size"] = random.choice([None, 0, 1, 4, 5, 6, 40])
    if random.random() < 0.1:
        del one["group_size"]
    return (one,)
