# right: follows one over B, and asks each question in a line of its own
def mmc(lam, mu, c):
    problems = [
        (lam < 0, "lam"), (not mu > 0, "mu"), (c < 1, "fewer than one of the tills"),
    ]  # fmt: skip
    for broken, word in problems:
        if broken:
            raise ValueError(word)
    if not lam < c * mu:
        raise ValueError("not a steady state")
    answer = {"rho": lam / (c * mu), "p_wait": 0, "wq": 0, "w": 1 / mu, "lq": 0, "l": 0}
    if lam:
        inverse = 1
        for k in range(1, c + 1):
            inverse = 1 + inverse * k * mu / lam
        answer["p_wait"] = 1 / (inverse * (1 - answer["rho"]) + answer["rho"])
        answer["wq"] = answer["p_wait"] / (c * mu - lam)
        answer["w"] += answer["wq"]
        answer["lq"] = answer["wq"] * lam
        answer["l"] = answer["w"] * lam
    return answer
