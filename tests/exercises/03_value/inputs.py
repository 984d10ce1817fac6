"""Arguments of each function, valid and odd ones, on which mutants are compared."""

from servicedesign.exercises.value import offers, profile_and_promise, travellers


def rank_by_value(random):
    some = offers(random, random.randint(1, 6))
    for one in some:
        if random.random() < 0.3:
            one.update(benefit=12, price=8, minutes=30, hassle=1)
        if random.random() < 0.03:
            one["price"] = 0
    method = random.choice(["ratio", "difference", "net"])
    return some, "gold" if random.random() < 0.03 else method, random.choice([0, 6.5, 12, 40])


def promise_fit(random):
    profile, promise = profile_and_promise(random)
    profile = profile[: random.randint(0, len(profile))]
    names = [item["name"] for item in profile]
    for part in promise:
        part["addresses"] = [name for name in part["addresses"] if name in names]
    for item in profile:
        if random.random() < 0.02:
            item.update(random.choice([{"kind": "wish"}, {"importance": 0}, {"importance": 6}]))
    if promise and random.random() < 0.03:
        promise[0]["addresses"].append("nobody's")
    return profile, promise


def choice_shares(random):
    count = random.choice([0, 1, 2, 3, 6, 6])
    utilities = [random.choice([random.randint(-80, 80) / 10, 1000, -1000]) for _ in range(count)]
    mu = random.choice([1.0, 0.2, 3.0, 50.0])
    return utilities, random.choice([0, -1]) if random.random() < 0.05 and count else mu


def log_likelihood(random):
    beta, rows = travellers(random)
    random.shuffle(rows)
    if random.random() < 0.05:
        random.choice(rows)["choice"] ^= 1
    return beta, rows if random.random() < 0.98 else []
