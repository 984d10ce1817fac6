# recognised as: downstream
def handoff_report(blueprint):
    items = {}
    for item in blueprint["items"]:
        if item["id"] in items:
            raise ValueError(item["id"])
        items[item["id"]] = item
    pairs = []
    for handoff in blueprint["handoffs"]:
        a, b = handoff[0], handoff[1]
        for name in (a, b):
            if name not in items:
                raise ValueError(name)
        if a == b:
            raise ValueError(a)
        if (a, b) not in pairs:
            pairs.append((a, b))

    def owner(name):
        return (items[name].get("owner") or "").strip().lower()

    def reached(name):
        seen, places = [], [name]
        while places:
            here = places.pop()
            for a, b in pairs:
                if a == here and b not in seen:
                    seen.append(b)
                    places.append(b)
        return seen

    looped = [name for name in items if name in reached(name)]
    in_loop = sorted({*looped, *(after for name in looped for after in reached(name))})
    timed = [name for name in items if items[name].get("minutes") is not None]
    linked = {name for pair in pairs for name in pair}
    heads = [name for name in linked if name not in [b for _, b in pairs]]
    starts = {a for a, _ in pairs}
    total = None
    if (not pairs and len(timed) < 2) or (
        linked == set(timed)
        and len(heads) == 1
        and len(starts) == len(pairs) == len(linked) - 1
        and len(reached(heads[0])) == len(pairs)
    ):
        total = sum(items[name]["minutes"] for name in timed)
    return {
        "handoffs": len(pairs),
        "owner_changes": len([1 for a, b in pairs if owner(a) != owner(b)]),
        "layer_crossings": len([1 for a, b in pairs if items[a]["layer"] != items[b]["layer"]]),
        "in_loop": in_loop,
        "total_minutes": total,
    }
