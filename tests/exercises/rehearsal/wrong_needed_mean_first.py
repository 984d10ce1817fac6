# recognised as: mean_first
def people_needed(chances, share):
    if share < 0.01 or share >= 1:
        raise ValueError("share")
    if not chances or min(chances) <= 0 or max(chances) > 1:
        raise ValueError("chances")
    mean = sum(chances) / len(chances)
    n = 1
    while 1 - (1 - mean) ** n < share - 1e-9:
        n += 1
    return n
