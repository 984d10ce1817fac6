# recognised as: averaged
def mps(items, combine="product"):
    if combine not in ("product", "sum"):
        raise ValueError("combine")
    for name in ("variety", "identity", "significance", "autonomy", "feedback"):
        if name not in items or items[name] < 1 or items[name] > 7:
            raise ValueError(name)
    names = ["variety", "identity", "significance", "autonomy", "feedback"]
    return sum(items[name] for name in names) / len(names)
