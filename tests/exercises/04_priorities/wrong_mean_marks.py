# recognised as: mean_marks
def derived_importance(rows, target, attributes):
    if target in attributes:
        raise ValueError("the target is " + target)
    found = {}
    for name in attributes:
        both = [row for row in rows if row[name] is not None and row[target] is not None]
        if not both:
            found[name] = None
        else:
            found[name] = sum(row[name] for row in both) / len(both)
    return found
