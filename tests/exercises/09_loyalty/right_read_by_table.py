# right: every rung has a height, and each part is judged by one expression
HEIGHT = {
    "measure": {"opinion": 1, "intention": 2, "behaviour": 3},
    "design": {"survey": 1, "followed": 2, "experiment": 3},
}


def height(part, text):
    if text is None or not text.strip():
        return 0
    if part not in HEIGHT:
        return 1
    if text not in HEIGHT[part]:
        raise ValueError(f"{text!r} is no {part}")
    return HEIGHT[part][text]


def read_claim(claim):
    parts = ("population", "trigger", "measure", "comparison", "design")
    sides = []
    for side in ("headline", "source"):
        row = []
        for part in parts:
            if part not in claim[side]:
                raise ValueError(part)
            row.append(height(part, claim[side][part]))
        sides.append(row)
    words = []
    for part, said, known in zip(parts, *sides):
        if known == 0:
            words.append(f"{part}: missing")
        elif (said > known) if part in HEIGHT else (said == 0):
            words.append(f"{part}: overstated")
    return words
