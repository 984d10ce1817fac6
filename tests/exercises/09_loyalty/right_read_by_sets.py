# right: pairs that go too far are listed, and texts are cleaned first
BEYOND = {
    ("opinion", "intention"),
    ("opinion", "behaviour"),
    ("intention", "behaviour"),
    ("survey", "followed"),
    ("survey", "experiment"),
    ("followed", "experiment"),
}
MEASURES, DESIGNS = {"opinion", "intention", "behaviour"}, {"survey", "followed", "experiment"}


def read_claim(claim):
    order = "population trigger measure comparison design".split()
    clean = {}
    for side in claim:
        clean[side] = {}
        for part in order:
            try:
                text = claim[side][part]
            except KeyError:
                raise ValueError("where is the " + part + "?") from None
            if text is not None and text.isspace():
                text = None
            if text == "":
                text = None
            clean[side][part] = text
        if clean[side]["measure"] not in MEASURES | {None}:
            raise ValueError("measure")
        if clean[side]["design"] not in DESIGNS | {None}:
            raise ValueError("design")
    answer = []
    for part in order:
        source, headline = clean["source"][part], clean["headline"][part]
        if source is None:
            answer += [part + ": missing"]
        elif part in ("measure", "design"):
            if (source, headline) in BEYOND:
                answer += [part + ": overstated"]
        elif headline is None:
            answer += [part + ": overstated"]
    return answer
