# recognised as: always_now
def clv(margin, survival, rate, first):
    if len(survival) == 0 or survival[0] != 1 or min(survival) < 0:
        raise ValueError("survival")
    for before, after in zip(survival, survival[1:]):
        if after > before:
            raise ValueError("survival rises")
    if rate < 0:
        raise ValueError("rate")
    if first not in ["now", "later"]:
        raise ValueError("first")
    return sum(margin * s / (1 + rate) ** t for t, s in enumerate(survival))
