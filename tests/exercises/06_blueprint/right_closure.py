# right: works out once who can be reached from whom, and sorts the chain
def handoff_report(blueprint):
    items = blueprint["items"]
    ids = [item["id"] for item in items]
    for name in ids:
        if ids.count(name) > 1:
            raise ValueError(f"{name} is there twice")
    arrows = []
    for handoff in blueprint["handoffs"]:
        arrow = (handoff[0], handoff[1])
        for name in arrow:
            if name not in ids:
                raise ValueError(f"no item {name}")
        if arrow[0] == arrow[1]:
            raise ValueError(f"{name} hands to itself")
        arrows.append(arrow)
    arrows = set(arrows)
    leads = {(a, b): (a, b) in arrows for a in ids for b in ids}
    for middle in ids:
        for a in ids:
            for b in ids:
                if leads[a, middle] and leads[middle, b]:
                    leads[a, b] = True
    owner = {item["id"]: str(item.get("owner") or "").strip().casefold() for item in items}
    layer = {item["id"]: item["layer"] for item in items}
    minutes = {item["id"]: item["minutes"] for item in items if item.get("minutes") is not None}
    # In a chain of n, the first leads to n - 1 others, the next to n - 2, and so on.
    chain = sorted(minutes, key=lambda a: -sum(leads[a, b] for b in ids))
    steps = set(zip(chain, chain[1:]))
    return {
        "handoffs": len(arrows),
        "owner_changes": len([1 for a, b in arrows if owner[a] != owner[b]]),
        "layer_crossings": len([1 for a, b in arrows if layer[a] != layer[b]]),
        "in_loop": [name for name in sorted(ids) if leads[name, name]],
        "total_minutes": sum(minutes.values()) if steps == arrows else None,
    }
