# right: asks for forgiveness instead of permission
def audit_persona(persona):
    problems = []
    try:
        items = list(persona["items"])
    except (KeyError, TypeError):
        items = []
    problems.extend(["no-items"] * (not items))
    try:
        small = persona["group_size"] < 5
    except (KeyError, TypeError):
        small = True
    if small:
        problems.append("small-group")
    for field in ["surname", "email", "phone", "address", "birth_date", "personal_id", "photo"]:
        try:
            persona[field]
        except KeyError:
            continue
        problems.append("personal-data:" + field)
    sources = {"observed": "source", "reported": "id", "assumed": "id", "proposed": "id"}
    for item in items:
        code = ""
        if "evidence" not in item or not item["evidence"]:
            code = "no-evidence:"
        elif item["evidence"] not in sources:
            code = "unknown-evidence:"
        elif not item.get(sources[item["evidence"]]):
            code = "no-source:"
        if code:
            problems.append(code + item["id"])
    return problems
