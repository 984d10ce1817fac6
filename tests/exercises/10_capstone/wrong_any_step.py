# recognised as: any_step
def lint_portfolio(portfolio):
    def of(part):
        return portfolio.get(part) or []

    told = ["no " + part for part in ("personas", "promises", "priorities", "journey", "blueprint") if not of(part)]
    who = {one["id"] for one in of("personas")}
    where = {one["id"] for one in of("journey")}
    behind = {one["step"] for one in of("blueprint")}
    for one in of("personas"):
        told += [f"personal data: {key} in {one['id']}" for key in one if key in ("email", "phone", "diagnosis")]
    for one in of("promises"):
        if where and not one["step"]:
            told.append("no step for promise: " + one["id"])
    for one in of("priorities"):
        told += [f"no {key}: {one['id']}" for key in ("action", "owner", "metric", "date") if not one.get(key)]
    for one in of("journey"):
        if who and one["persona"] not in who:
            told.append("unknown persona: " + one["id"])
        if behind and one["id"] not in behind:
            told.append("not in blueprint: " + one["id"])
        if one.get("evidence") not in ("observed", "reported", "assumed", "proposed"):
            told.append("no evidence: " + one["id"])
    return sorted(told)
