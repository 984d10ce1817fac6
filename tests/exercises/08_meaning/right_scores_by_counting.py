# right: a running sum and a running count
def scale_scores(rows, key, reverse, lo, hi, min_answered):
    for item in reverse:
        if key.count(item) == 0:
            raise ValueError("reverse holds " + item)
    if min_answered > len(key) or min_answered < 1:
        raise ValueError("min_answered: " + str(min_answered))
    found = []
    for row in rows:
        total = count = 0
        for item in key:
            if row.get(item) is None:
                continue
            if not (lo <= row[item] <= hi):
                raise ValueError("out of range: " + item)
            total += row[item] if item not in reverse else hi - (row[item] - lo)
            count += 1
        if count < min_answered:
            found.append(None)
        else:
            found.append(total / count)
    return found
