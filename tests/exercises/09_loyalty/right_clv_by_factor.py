# right: a factor that shrinks each year instead of a power
def clv(margin, survival, rate, first):
    begin = {"now": 0, "later": 1}.get(first)
    if begin is None:
        raise ValueError(f"first: {first}")
    if rate < 0:
        raise ValueError(f"rate: {rate}")
    last, factor, total = None, 1.0, 0.0
    for year, share in enumerate(survival):
        if share < 0 or (share != 1 if last is None else share > last):
            raise ValueError(f"survival: {share}")
        if year >= begin:
            total += share * factor
        last, factor = share, factor / (1 + rate)
    if last is None:
        raise ValueError("survival is empty")
    return margin * total
