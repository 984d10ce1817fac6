def grams(flour, shares):
    if not flour > 0:
        raise ValueError("flour must be above 0")
    result = {}
    for name in shares:
        if shares[name] < 0:
            raise ValueError("a share must not be below 0")
        result[name] = shares[name] * flour / 100
    return result


def rise_minutes(minutes, at, temperature):
    if minutes <= 0:
        raise ValueError("minutes must be above 0")
    for degrees in (at, temperature):
        if degrees < 1 or degrees > 40:
            raise ValueError("the temperature must be from 1 to 40")
    return minutes * 2 ** ((at - temperature) / 8)
