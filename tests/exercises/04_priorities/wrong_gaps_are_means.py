# recognised as: gaps_are_means
def derived_importance(rows, target, attributes):
    if target in attributes:
        raise ValueError("the target is " + target)
    found = {}
    for name in attributes:
        both = filled(rows, name, target)
        if len(both) < 2:
            found[name] = None
        else:
            found[name] = pearson([row[name] for row in both], [row[target] for row in both])
    return found


def filled(rows, *columns):
    new = [{key: row[key] for key in columns} for row in rows]
    for key in columns:
        known = [row[key] for row in rows if row[key] is not None]
        for row in new:
            if row[key] is None and known:
                row[key] = sum(known) / len(known)
    return new
