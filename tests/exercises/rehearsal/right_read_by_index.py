# right: the last harm is looked up first
def read_test(outcomes, needed, planned, stop_at):
    if needed < 1 or needed > planned:
        raise ValueError("needed")
    if stop_at < 1:
        raise ValueError("stop_at")
    for one in outcomes:
        if one not in ["did", "did not", "harm"]:
            raise ValueError("strange: " + one)
    seen = list(outcomes)[:planned]
    harms = [place for place, one in enumerate(seen) if one == "harm"]
    if len(harms) >= stop_at:
        seen = seen[: harms[stop_at - 1] + 1]
        verdict = "stopped"
    elif len(seen) < planned:
        verdict = "unfinished"
    else:
        verdict = ["dropped", "kept"][seen.count("did") >= needed]
    return dict(counted=len(seen), did=seen.count("did"), verdict=verdict)
