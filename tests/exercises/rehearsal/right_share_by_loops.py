# right: each person in turn, by multiplication
def share_of_problems_seen(chances, people):
    if len(chances) == 0 or min(chances) <= 0 or max(chances) > 1:
        raise ValueError("chances")
    if people < 0:
        raise ValueError("people")
    left = [1.0 for _ in chances]
    for _ in range(people):
        left = [a * (1 - p) for a, p in zip(left, chances)]
    return sum(1 - a for a in left) / len(left)
