# right: doubled until enough, then halved
def people_needed(chances, share):
    if share < 0.01 or share >= 1:
        raise ValueError("share")
    if not chances or min(chances) <= 0 or max(chances) > 1:
        raise ValueError("chances")
    def enough(n):
        return sum(1 - (1 - p) ** n for p in chances) / len(chances) >= share - 1e-9

    high = 1
    while not enough(high):
        high *= 2
    low = high // 2
    while high - low > 1:
        middle = (low + high) // 2
        if enough(middle):
            high = middle
        else:
            low = middle
    return high
