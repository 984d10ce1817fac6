# recognised as: rise_only
def may_say(study, claim):
    if study["low"] > study["high"]:
        raise ValueError("low")
    if claim["word"] not in ("causes", "goes along with"):
        raise ValueError(claim["word"])
    if claim["about"] != study["measured"]:
        return "no: not measured"
    if study["low"] <= 0:
        return "no: chance could do it"
    if claim["word"] == "causes" and not study["by_lot"]:
        return "no: no lots were drawn"
    return "yes"
