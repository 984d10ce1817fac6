# right: one chain of elif, and the product of the ends
def may_say(study, claim):
    low, high, word = study["low"], study["high"], claim["word"]
    if high < low:
        raise ValueError(f"low {low} is above high {high}")
    if word == "causes":
        needs_lots = True
    elif word == "goes along with":
        needs_lots = False
    else:
        raise ValueError("cannot judge " + word)
    if not claim["about"] == study["measured"]:
        reason = "not measured"
    elif low * high <= 0:
        reason = "chance could do it"
    elif needs_lots and study["by_lot"] is False:
        reason = "no lots were drawn"
    else:
        return "yes"
    return "no: " + reason
