# right: pairs first, then columns by zip
def derived_importance(rows, target, attributes):
    if attributes.count(target):
        raise ValueError(f"{target} is the target")

    def one(attribute):
        pairs = [(row[attribute], row[target]) for row in rows]
        pairs = [pair for pair in pairs if None not in pair]
        return pearson(*zip(*pairs, strict=True)) if len(pairs) > 1 else None  # noqa: F821

    return {attribute: one(attribute) for attribute in attributes}
