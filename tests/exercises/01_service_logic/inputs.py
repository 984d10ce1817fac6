"""Arguments of each function, valid and odd ones, on which mutants are compared."""

from servicedesign.exercises.service_logic import activities, text_and_words


def sphere_shares(random):
    found = activities(random, random.randint(3, 9))[: random.randint(0, 9)]
    for one in found:
        if random.random() < 0.3:
            one["minutes"] = 0
        if random.random() < 0.02:
            one["minutes"] = -random.random()
        if random.random() < 0.02:
            one["actor"] = random.choice(["guest", ""])
    return (found,)


def logic_score(random):
    text, product, service = text_and_words(random)
    text = "".join(random.choice([sign, sign, sign, " ", "3"]) for sign in text)
    kept = random.choice([0, 1, 3])
    product = set(sorted(product)[:kept])
    if random.random() < 0.05:
        service |= {"both"}
        product |= {"both"}
    return text[: random.randint(0, 120)], product, service


def co_created_value(random):
    p, c = (random.choice([0, 0.25, 1, random.uniform(0, 90)]) for _ in "pc")
    theta = random.uniform(0.05, 0.95)
    rho = random.choice([0, 1, 1e-9, -1e-9, random.uniform(-3, 1), random.uniform(-1000, 0)])
    if 1e-8 <= abs(rho) < 1e-4:
        rho = 0.5
    fault = random.random()
    if fault < 0.03:
        p = -p - 1
    elif fault < 0.06:
        theta = random.choice([0, 1, 1.5])
    elif fault < 0.09:
        rho = 1.2
    return p, c, theta, rho
