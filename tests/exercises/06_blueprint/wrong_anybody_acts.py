# recognised as: anybody_acts
def lint_blueprint(blueprint):
    layers = ["evidence", "customer", "frontstage", "backstage", "support"]
    items, points = blueprint["items"], blueprint["failure_points"]
    found = []
    for layer in layers:
        if layer not in [item["layer"] for item in items]:
            found.append(f"no item in {layer}")
    for item in items:
        if item["layer"] not in layers:
            found.append(f"unknown layer: {item['id']}")
    acted = [item["stage"] for item in items]
    for stage in blueprint["stages"]:
        if stage["id"] not in acted:
            found.append(f"no customer action: {stage['id']}")
    for item in items:
        for key in ["owner", "evidence"]:
            if not item.get(key):
                found.append(f"no {key}: {item['id']}")
    for point in points:
        for key in ["owner", "plan"]:
            if not point.get(key):
                found.append(f"no {key}: {point['id']}")
    stages = [stage["id"] for stage in blueprint["stages"]]
    for item in items:
        if item["stage"] not in stages:
            found.append(f"no such stage: {item['stage']}")
    plans = [plan["id"] for plan in blueprint["plans"]]
    for point in points:
        if point.get("plan") and point["plan"] not in plans:
            found.append(f"no such plan: {point['plan']}")
    ids = [item["id"] for item in items]
    ends = [end for handoff in blueprint["handoffs"] for end in handoff[:2]]
    for end in ends + [point["item"] for point in points]:
        if end not in ids:
            found.append(f"no such item: {end}")
    return sorted(set(found))
