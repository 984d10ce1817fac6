# recognised as: not_discounted
def break_even_effect(cost, n_customers, margin, survival, rate):
    for name, value, least in [("cost", cost, 0), ("n_customers", n_customers, 1), ("rate", rate, 0)]:
        if value < least:
            raise ValueError(name)
    if margin <= 0:
        raise ValueError("margin")
    if len(survival) < 2 or survival[0] != 1 or min(survival) <= 0 or list(survival) != sorted(survival, reverse=True):
        raise ValueError("survival")
    stays = [b / a for a, b in zip(survival, survival[1:])]

    def gained(effect):
        left, more = 1.0, 0.0
        for year, stay in enumerate(stays, start=1):
            left *= stay + effect * (1 - stay)
            more += (left - survival[year]) * margin / 1
        return more * n_customers

    if cost <= 1e-6:
        return 0.0
    if gained(1) < cost - 1e-6:
        return None
    low, high = 0.0, 1.0
    for _ in range(60):
        middle = (low + high) / 2
        if gained(middle) < cost - 1e-6:
            low = middle
        else:
            high = middle
    return high
