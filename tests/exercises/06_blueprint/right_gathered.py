# right: one generator that tells each problem, gathered at the end
LAYERS = ("evidence", "customer", "frontstage", "backstage", "support")


def told(blueprint):
    items = blueprint["items"]
    known = {name: {entry["id"] for entry in blueprint[name]} for name in ("stages", "plans")}
    ids = {item["id"] for item in items}
    yield from (f"no item in {one}" for one in set(LAYERS) - {i["layer"] for i in items})
    acted = {item["stage"] for item in items if item["layer"] == "customer"}
    yield from (f"no customer action: {one}" for one in known["stages"] - acted)
    yield from (f"no such stage: {one}" for one in {i["stage"] for i in items} - known["stages"])
    for item in items:
        if item["layer"] not in LAYERS:
            yield "unknown layer: " + item["id"]
        for key in ("owner", "evidence"):
            if item.get(key) in (None, ""):
                yield f"no {key}: {item['id']}"
    for point in blueprint["failure_points"]:
        if point.get("owner") in (None, ""):
            yield "no owner: " + point["id"]
        if point.get("plan") in (None, ""):
            yield "no plan: " + point["id"]
        elif point["plan"] not in known["plans"]:
            yield "no such plan: " + point["plan"]
        if point["item"] not in ids:
            yield "no such item: " + point["item"]
    for handoff in blueprint["handoffs"]:
        yield from (f"no such item: {end}" for end in handoff[0:2] if end not in ids)


def lint_blueprint(blueprint):
    return sorted(set(told(blueprint)))
