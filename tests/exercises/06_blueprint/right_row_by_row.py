# right: row by row of the table, with counts instead of sets
def lint_blueprint(blueprint):
    found = []

    def tell(text):
        if text not in found:
            found.append(text)

    layers = {"evidence": 0, "customer": 0, "frontstage": 0, "backstage": 0, "support": 0}
    actions = {}
    for stage in blueprint["stages"]:
        actions[stage["id"]] = 0
    items = {}
    for item in blueprint["items"]:
        items[item["id"]] = item
        if item["layer"] in layers:
            layers[item["layer"]] += 1
        else:
            tell("unknown layer: " + item["id"])
        if item["stage"] not in actions:
            tell("no such stage: " + item["stage"])
        elif item["layer"] == "customer":
            actions[item["stage"]] += 1
        if not item.get("owner"):
            tell("no owner: " + item["id"])
        if not item.get("evidence"):
            tell("no evidence: " + item["id"])
    for layer, count in layers.items():
        if count == 0:
            tell("no item in " + layer)
    for stage, count in actions.items():
        if count == 0:
            tell("no customer action: " + stage)
    plans = [plan["id"] for plan in blueprint["plans"]]
    for point in blueprint["failure_points"]:
        if not point.get("owner"):
            tell("no owner: " + point["id"])
        plan = point.get("plan")
        if not plan:
            tell("no plan: " + point["id"])
        elif plan not in plans:
            tell("no such plan: " + plan)
        if point["item"] not in items:
            tell("no such item: " + point["item"])
    for handoff in blueprint["handoffs"]:
        if handoff[0] not in items:
            tell("no such item: " + handoff[0])
        if handoff[1] not in items:
            tell("no such item: " + handoff[1])
    found.sort()
    return found
