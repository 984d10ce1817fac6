# recognised as: gaps_are_zero
def derived_importance(rows, target, attributes):
    if target in attributes:
        raise ValueError("the target is " + target)
    found = {}
    for name in attributes:
        both = [{key: row[key] or 0 for key in (name, target)} for row in rows]
        if len(both) < 2:
            found[name] = None
        else:
            found[name] = pearson([row[name] for row in both], [row[target] for row in both])
    return found
