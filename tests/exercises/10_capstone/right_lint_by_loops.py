# right: plain loops and flags
def lint_portfolio(portfolio):
    told = []
    parts = {}
    for key in ["journey", "blueprint", "personas", "promises", "priorities"]:
        parts[key] = portfolio[key] if key in portfolio else []
        if len(parts[key]) == 0:
            told.append("no " + key)
    for promise in parts["promises"]:
        there = len(parts["journey"]) == 0
        for step in parts["journey"]:
            if step["id"] == promise["step"]:
                there = True
        if not there:
            told.append("no step for promise: " + promise["id"])
    for step in parts["journey"]:
        known = len(parts["personas"]) == 0
        for persona in parts["personas"]:
            known = known or persona["id"] == step["persona"]
        if not known:
            told.append("unknown persona: " + step["id"])
        drawn = len(parts["blueprint"]) == 0
        for item in parts["blueprint"]:
            drawn = drawn or item["step"] == step["id"]
        if not drawn:
            told.append("not in blueprint: " + step["id"])
        status = step["evidence"] if "evidence" in step else None
        if status != "observed" and status != "reported" and status != "assumed" and status != "proposed":
            told.append("no evidence: " + step["id"])
    for priority in parts["priorities"]:
        for key in ["action", "owner", "metric", "date"]:
            if key not in priority or priority[key] is None or priority[key] == "":
                told.append("no " + key + ": " + priority["id"])
    for persona in parts["personas"]:
        if "email" in persona:
            told.append("personal data: email in " + persona["id"])
        if "phone" in persona:
            told.append("personal data: phone in " + persona["id"])
        if "diagnosis" in persona:
            told.append("personal data: diagnosis in " + persona["id"])
    told.sort()
    return told
