# loses: rise_minutes-numbers, rise_minutes-manners
# says: a colder dough is taken to rise faster
def grams(flour, shares):
    if not flour > 0:
        raise ValueError("flour must be above 0")
    if any(share < 0 for share in shares.values()):
        raise ValueError("a share must not be below 0")
    return {name: flour * share / 100 for name, share in shares.items()}


def rise_minutes(minutes, at, temperature):
    return minutes * 2 ** ((temperature - at) / 8)
