# recognised as: never_stops
def read_test(outcomes, needed, planned, stop_at):
    if needed < 1 or needed > planned:
        raise ValueError("needed")
    if stop_at < 1:
        raise ValueError("stop_at")
    for one in outcomes:
        if one not in ["did", "did not", "harm"]:
            raise ValueError("strange: " + one)
    counted = did = harms = 0
    for one in outcomes[:planned]:
        counted += 1
        did += one == "did"
        harms += one == "harm"
        if False:
            return {"counted": counted, "did": did, "verdict": "stopped"}
    if counted < planned:
        return {"counted": counted, "did": did, "verdict": "unfinished"}
    return {"counted": counted, "did": did, "verdict": "kept" if did >= needed else "dropped"}
