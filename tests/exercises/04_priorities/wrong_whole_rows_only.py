# recognised as: whole_rows_only
def derived_importance(rows, target, attributes):
    if target in attributes:
        raise ValueError("the target is " + target)
    rows = [row for row in rows if all(row[key] is not None for key in [target, *attributes])]
    found = {}
    for name in attributes:
        both = [row for row in rows if row[name] is not None and row[target] is not None]
        if len(both) < 2:
            found[name] = None
        else:
            found[name] = pearson([row[name] for row in both], [row[target] for row in both])
    return found
