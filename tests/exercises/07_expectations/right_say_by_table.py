# right: a table of doubts, the first that holds
def may_say(study, claim):
    if study["low"] > study["high"]:
        raise ValueError("low > high")
    needs_lots = {"causes": True, "goes along with": False}
    if claim["word"] not in needs_lots:
        raise ValueError(claim["word"])
    doubts = [
        (study["measured"] != claim["about"], "no: not measured"),
        (min(study["high"], -study["low"]) >= 0, "no: chance could do it"),
        (needs_lots[claim["word"]] and not study["by_lot"], "no: no lots were drawn"),
        (True, "yes"),
    ]
    return next(answer for doubt, answer in doubts if doubt)
