# recognised as: share_of_sum
def choice_shares(utilities, mu=1.0):
    if mu <= 0:
        raise ValueError("mu must be above 0")
    if len(utilities) == 0:
        raise ValueError("utilities are missing")
    total = sum(utilities)
    return [u / total for u in utilities]
