# right: counts a thousand people
def observed_share(p, r_pos, r_neg):
    for name, share in zip(["p", "r_pos", "r_neg"], [p, r_pos, r_neg], strict=True):
        if min(share, 0) < 0 or max(share, 1) > 1:
            raise ValueError(f"{name} = {share}")
    people = 1000
    happy = people * p
    answers = [happy * r_pos, (people - happy) * r_neg]
    try:
        return answers[0] / sum(answers)
    except ZeroDivisionError:
        raise ValueError("nobody will answer") from None
