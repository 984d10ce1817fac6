# right: builds two columns in a loop and writes the correlation out again
def derived_importance(rows, target, attributes):
    result = {}
    for attribute in attributes:
        if attribute == target:
            raise ValueError(target + " explains itself")
        marks = []
        overall = []
        for row in rows:
            if row[attribute] is None or row[target] is None:
                continue
            marks.append(row[attribute])
            overall.append(row[target])
        if len(marks) < 2 or len(set(marks)) < 2 or len(set(overall)) < 2:
            result[attribute] = None
            continue
        a = sum(marks) / len(marks)
        b = sum(overall) / len(overall)
        both = sum((m - a) * (o - b) for m, o in zip(marks, overall, strict=True))
        one = sum((m - a) ** 2 for m in marks)
        other = sum((o - b) ** 2 for o in overall)
        result[attribute] = both / (one * other) ** 0.5
    return result
