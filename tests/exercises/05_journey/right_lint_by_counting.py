# right: counts ids and phases in dicts
def lint_journey(journey):
    problems = []
    phases = {"before": 0, "during": 0, "after": 0}
    ids = {}
    firm = []
    for step in journey["touchpoints"]:
        phases[step["phase"]] += 1
        ids[step["id"]] = ids.get(step["id"], 0) + 1
        firm.append(step["owner"] == "brand")
        needed = ["actor", "channel", "evidence"]
        if step.get("evidence") == "observed" or step.get("evidence") == "reported":
            needed.append("source")
        for key in needed:
            if not step.get(key):
                problems.append("no %s: %s" % (key, step["id"]))
    for phase, count in phases.items():
        if count == 0:
            problems.append("no step in %s" % phase)
    for step_id, count in ids.items():
        if count > 1:
            problems.append("id used twice: %s" % step_id)
    if len(firm) > 1 and firm[0] and firm[-1]:
        problems.append("starts and ends with the firm")
    return sorted(problems)
