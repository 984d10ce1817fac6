# recognised as: mean_first
def share_of_problems_seen(chances, people):
    if len(chances) == 0 or min(chances) <= 0 or max(chances) > 1:
        raise ValueError("chances")
    if people < 0:
        raise ValueError("people")
    mean = sum(chances) / len(chances)
    return 1 - (1 - mean) ** people
