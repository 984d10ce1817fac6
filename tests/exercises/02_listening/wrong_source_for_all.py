# recognised as: source_for_all
FIELDS = ("surname", "email", "phone", "address", "birth_date", "personal_id", "photo")


def audit_persona(persona):
    found = []
    items = persona.get("items", [])
    if len(items) == 0:
        found.append("no-items")
    size = persona.get("group_size")
    if size is None or size < 5:
        found.append("small-group")
    for field in FIELDS:
        if field in persona:
            found.append("personal-data:" + field)
    for item in items:
        name = item["id"]
        status = item.get("evidence")
        if status is None or status == "":
            found.append("no-evidence:" + name)
        elif status not in ("observed", "reported", "assumed", "proposed"):
            found.append("unknown-evidence:" + name)
        elif not item.get("source"):
            found.append("no-source:" + name)
    return found
