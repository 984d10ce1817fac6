# recognised as: one_too_few
def people_needed(chances, share):
    if share < 0.01 or share >= 1:
        raise ValueError("share")
    if not chances or min(chances) <= 0 or max(chances) > 1:
        raise ValueError("chances")
    n = 0
    while sum(1 - (1 - p) ** n for p in chances) / len(chances) < share - 1e-9:
        n += 1
    return n - 1
