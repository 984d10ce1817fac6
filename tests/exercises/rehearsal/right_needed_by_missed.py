# right: what is still hidden shrinks until little enough is left
def people_needed(chances, share):
    if share < 0.01 or share >= 1:
        raise ValueError("share")
    if not chances or min(chances) <= 0 or max(chances) > 1:
        raise ValueError("chances")
    hidden, n = list(chances), 0
    hidden = [1.0] * len(chances)
    while sum(hidden) / len(hidden) > 1 - share + 1e-9:
        n += 1
        for i in range(len(hidden)):
            hidden[i] *= 1 - chances[i]
    return n
