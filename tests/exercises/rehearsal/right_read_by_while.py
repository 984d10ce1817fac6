# right: a while loop walks until it ends
def read_test(outcomes, needed, planned, stop_at):
    if needed < 1 or needed > planned:
        raise ValueError("needed")
    if stop_at < 1:
        raise ValueError("stop_at")
    for one in outcomes:
        if one not in ["did", "did not", "harm"]:
            raise ValueError("strange: " + one)
    place, did, left = 0, 0, stop_at
    while place < len(outcomes) and place < planned and left > 0:
        if outcomes[place] == "did":
            did = did + 1
        elif outcomes[place] == "harm":
            left = left - 1
        place = place + 1
    if left == 0:
        verdict = "stopped"
    elif place != planned:
        verdict = "unfinished"
    elif did < needed:
        verdict = "dropped"
    else:
        verdict = "kept"
    return {"verdict": verdict, "did": did, "counted": place}
