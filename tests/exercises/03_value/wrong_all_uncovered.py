# recognised as: all_uncovered
def promise_fit(profile, promise):
    known = [item["name"] for item in profile]
    for item in profile:
        if item["kind"] not in ("job", "pain", "gain") or not 1 <= item["importance"] <= 5:
            raise ValueError("impossible: " + item["name"])
    addressed = [name for part in promise for name in part["addresses"]]
    for name in addressed:
        if name not in known:
            raise ValueError("not in the profile: " + name)

    coverage = {}
    for kind in ("job", "pain", "gain"):
        items = [item for item in profile if item["kind"] == kind]
        met = sum(item["importance"] for item in items if item["name"] in addressed)
        total = sum(item["importance"] for item in items)
        coverage[kind] = met / total if items else None
    missed = [item for item in profile if item["name"] not in addressed]
    missed.sort(key=lambda item: (-item["importance"], item["name"]))
    uncovered = [item["name"] for item in missed]
    return {
        "coverage": coverage,
        "uncovered": uncovered,
        "orphans": [part["feature"] for part in promise if len(part["addresses"]) == 0],
    }
