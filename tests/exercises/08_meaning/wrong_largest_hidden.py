# recognised as: largest_hidden
def safe_report(rows, group, value, k=5):
    if k < 2:
        raise ValueError("k")
    answers = {}
    for row in rows:
        answers.setdefault(row[group], [])
        if row[value] is not None:
            answers[row[group]].append(row[value])
    shown = {name for name in answers if len(answers[name]) >= k}

    def unsafe():
        hidden = [len(answers[name]) for name in answers if name not in shown]
        return bool(hidden) and (len(hidden) < 2 or sum(hidden) < k)

    while shown and unsafe():
        shown.remove(max(shown, key=lambda name: (len(answers[name]), name)))

    def cell(given):
        return {"n": len(given), "mean": sum(given) / len(given)}

    everybody = [answer for name in answers for answer in answers[name]]
    return {
        "groups": {name: cell(answers[name]) if name in shown else None for name in answers},
        "total": cell(everybody) if len(everybody) >= k else None,
    }
