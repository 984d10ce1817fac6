# recognised as: same_rung
PARTS = ["population", "trigger", "measure", "comparison", "design"]
RUNGS = {
    "measure": ["opinion", "intention", "behaviour"],
    "design": ["survey", "followed", "experiment"],
}


def told(text):
    return text is not None and text.strip() != ""


def look(claim):
    for side in claim.values():
        for part in PARTS:
            if part not in side:
                raise ValueError("no " + part)
            if part in RUNGS and told(side[part]) and side[part] not in RUNGS[part]:
                raise ValueError("no rung of " + part)


def read_claim(claim):
    look(claim)
    found = []
    for part in PARTS:
        source, headline = claim["source"][part], claim["headline"][part]
        if not told(source):
            found.append(part + ": missing")
        elif part in RUNGS:
            rungs = RUNGS[part]
            if told(headline) and rungs.index(headline) >= rungs.index(source):
                found.append(part + ": overstated")
        elif not told(headline):
            found.append(part + ": overstated")
    return found
