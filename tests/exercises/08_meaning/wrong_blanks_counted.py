# recognised as: blanks_counted
def safe_report(rows, group, value, k=5):
    if k < 2:
        raise ValueError("k")
    answers, sizes = {}, {}
    for row in rows:
        answers.setdefault(row[group], [])
        sizes[row[group]] = sizes.get(row[group], 0) + 1
        if row[value] is not None:
            answers[row[group]].append(row[value])
    shown = [name for name in answers if sizes[name] >= k]
    while shown and len(shown) < len(answers):
        hidden = [sizes[name] for name in answers if name not in shown]
        if len(hidden) > 1 and sum(hidden) >= k:
            break
        shown.remove(min(shown, key=lambda name: (sizes[name], name)))

    def cell(given, n):
        return {"n": n, "mean": sum(given) / len(given)}

    everybody = [answer for given in answers.values() for answer in given]
    n = sum(sizes.values())
    return {
        "groups": {
            name: cell(answers[name], sizes[name]) if name in shown else None for name in answers
        },
        "total": cell(everybody, n) if n >= k else None,
    }
