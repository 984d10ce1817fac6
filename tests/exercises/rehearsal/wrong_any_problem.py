# recognised as: any_problem
def share_of_problems_seen(chances, people):
    if len(chances) == 0 or min(chances) <= 0 or max(chances) > 1:
        raise ValueError("chances")
    if people < 0:
        raise ValueError("people")
    missed = 1
    for p in chances:
        missed = missed * (1 - p) ** people
    return 1 - missed
