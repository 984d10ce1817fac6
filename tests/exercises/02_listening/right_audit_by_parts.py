# right: three lists, joined at the end
def audit_persona(persona):
    whole = []
    if not persona.get("items"):
        whole += ["no-items"]
    if not (persona.get("group_size") or 0) >= 5:
        whole += ["small-group"]
    private = "surname email phone address birth_date personal_id photo".split()
    fields = [f"personal-data:{field}" for field in private if field in persona.keys()]
    judged = [judge(item) for item in persona.get("items") or []]
    return whole + fields + [code for code in judged if code is not None]


def judge(item):
    known = {"observed", "reported", "assumed", "proposed"}
    status = item.get("evidence") or ""
    if status == "":
        return f"no-evidence:{item['id']}"
    if status not in known:
        return f"unknown-evidence:{item['id']}"
    if status == "observed" and (item.get("source") or "") == "":
        return f"no-source:{item['id']}"
    return None
