# loses: grams-numbers
# says: the shares are taken of the whole dough
def grams(flour, shares):
    if not flour > 0:
        raise ValueError("flour must be above 0")
    if any(share < 0 for share in shares.values()):
        raise ValueError("a share must not be below 0")
    whole = flour * (1 + sum(shares.values()) / 100)
    return {name: whole * share / 100 for name, share in shares.items()}


def rise_minutes(minutes, at, temperature):
    if minutes <= 0:
        raise ValueError("minutes must be above 0")
    if not (1 <= at <= 40 and 1 <= temperature <= 40):
        raise ValueError("the temperature must be from 1 to 40")
    return minutes * 2 ** ((at - temperature) / 8)
