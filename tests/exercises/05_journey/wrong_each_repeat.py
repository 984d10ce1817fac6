# recognised as: each_repeat
def lint_journey(journey):
    steps = journey["touchpoints"]
    problems = []
    used = [step["phase"] for step in steps]
    for phase in ("before", "during", "after"):
        if phase not in used:
            problems.append("no step in " + phase)
    ids = []
    told = []
    for step in steps:
        if step["id"] in ids:
            problems.append("id used twice: " + step["id"])
            told.append(step["id"])
        ids.append(step["id"])
    for step in steps:
        wanted = ["channel", "actor", "evidence"]
        if step.get("evidence") in ("observed", "reported"):
            wanted.append("source")
        for key in wanted:
            if step.get(key) in ("", None):
                problems.append("no " + key + ": " + step["id"])
    if len(steps) > 1:
        first, last = steps[0]["owner"], steps[-1]["owner"]
        if first == "brand" and last == "brand":
            problems.append("starts and ends with the firm")
    return sorted(problems)
