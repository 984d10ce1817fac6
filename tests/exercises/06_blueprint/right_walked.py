# right: walks by recursion, and follows the chain bead by bead
def handoff_report(blueprint):
    by_id = {}
    for item in blueprint["items"]:
        if item["id"] in by_id:
            raise ValueError("used twice: " + item["id"])
        by_id[item["id"]] = item
    onward = {name: [] for name in by_id}
    for handoff in blueprint["handoffs"]:
        a, b = handoff[:2]
        if a not in by_id or b not in by_id:
            raise ValueError("unknown: " + (b if a in by_id else a))
        if a == b:
            raise ValueError("to itself: " + a)
        if b not in onward[a]:
            onward[a].append(b)

    def walk(here, been):
        for name in onward[here]:
            if name not in been:
                been.append(name)
                walk(name, been)
        return been

    def whose(name):
        owner = by_id[name].get("owner")
        return owner.strip().lower() if owner else ""

    count = changes = crossings = 0
    for a in onward:
        for b in onward[a]:
            count += 1
            changes += whose(a) != whose(b)
            crossings += by_id[a]["layer"] != by_id[b]["layer"]

    timed = [name for name in by_id if by_id[name].get("minutes") is not None]
    received = [b for a in onward for b in onward[a]]
    starts = [name for name in timed if name not in received]
    total = None
    if len(starts) == 1:
        beads, here = [], starts[0]
        while here is not None and here not in beads:
            beads.append(here)
            here = onward[here][0] if len(onward[here]) == 1 else None
        if sorted(beads) == sorted(timed) and count == len(beads) - 1:
            total = 0
            for name in beads:
                total += by_id[name]["minutes"]
    elif not timed and count == 0:
        total = 0
    return {
        "handoffs": count,
        "owner_changes": changes,
        "layer_crossings": crossings,
        "in_loop": sorted(name for name in by_id if name in walk(name, [])),
        "total_minutes": total,
    }
