# right: sets and a comprehension for each rule
def lint_journey(journey):
    steps = journey["touchpoints"]
    ids = [step["id"] for step in steps]
    found = [f"no step in {p}" for p in {"before", "during", "after"} - {s["phase"] for s in steps}]
    found += [f"id used twice: {one}" for one in {i for i in ids if ids.count(i) >= 2}]
    found += [
        f"no {key}: {step['id']}"
        for step in steps
        for key in ("channel", "actor", "evidence")
        if key not in step or step[key] is None or step[key] == ""
    ]
    found += [
        f"no source: {step['id']}"
        for step in steps
        if step.get("evidence", "") in {"observed", "reported"} and not step.get("source")
    ]
    if len(steps) >= 2 and {steps[0]["owner"], steps[-1]["owner"]} == {"brand"}:
        found.append("starts and ends with the firm")
    found.sort()
    return found
