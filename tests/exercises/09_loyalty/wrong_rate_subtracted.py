# recognised as: rate_subtracted
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
    begin = 1 if first == "later" else 0
    return sum(margin * survival[t] * (1 - rate) ** t for t in range(begin, len(survival)))
