# recognised as: strictly_above
def delivery_gap(beliefs, ratings, threshold):
    rows = []
    silent = []
    for name in sorted(beliefs):
        belief = beliefs[name]
        if not 0 <= belief <= 1:
            raise ValueError("no share: " + name)
        given = [mark for mark in ratings.get(name, []) if mark is not None]
        if len(given) == 0:
            silent.append((name, belief, None, 0.0, 1.0, "cannot tell"))
            continue
        happy = len([mark for mark in given if mark > threshold])
        share = happy / len(given)
        low, high = wilson_interval(happy, len(given))
        verdict = "cannot tell"
        if belief > high:
            verdict = "overestimates"
        if belief < low:
            verdict = "underestimates"
        rows.append((name, belief, share, low, high, verdict))
    rows.sort(key=lambda row: -round(row[1] - row[2], 9))
    return rows + silent
