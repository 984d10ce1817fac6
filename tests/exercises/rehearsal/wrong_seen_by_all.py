# recognised as: seen_by_all
def share_of_problems_seen(chances, people):
    if len(chances) == 0 or min(chances) <= 0 or max(chances) > 1:
        raise ValueError("chances")
    if people < 0:
        raise ValueError("people")
    return sum([p**people for p in chances]) / len(chances)
