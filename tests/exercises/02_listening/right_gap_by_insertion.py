# right: one dict of rows, ordered by picking the largest gap again and again
def delivery_gap(beliefs, ratings, threshold):
    found = {}
    silent = []
    for name, belief in beliefs.items():
        if belief < 0 or belief > 1:
            raise ValueError(f"{name}: {belief}")
        n = k = 0
        for mark in ratings[name] if name in ratings else []:
            if mark is None:
                continue
            n += 1
            if not mark < threshold:
                k += 1
        if n == 0:
            silent.append(name)
        else:
            low, high = wilson_interval(k, n)
            word = "cannot tell"
            if not low <= belief <= high:
                word = "overestimates" if belief > low else "underestimates"
            found[name] = (name, belief, k / n, low, high, word)
    ordered = []
    while found:
        largest = max(round(row[1] - row[2], 9) for row in found.values())
        name = min(one for one, row in found.items() if round(row[1] - row[2], 9) == largest)
        ordered.append(found.pop(name))
    for name in sorted(silent):
        ordered.append((name, beliefs[name], None, 0, 1, "cannot tell"))
    return ordered
