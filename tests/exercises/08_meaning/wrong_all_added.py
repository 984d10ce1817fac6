# recognised as: all_added
def mps(items, combine="product"):
    if combine not in ("product", "sum"):
        raise ValueError("combine")
    for name in ("variety", "identity", "significance", "autonomy", "feedback"):
        if name not in items or items[name] < 1 or items[name] > 7:
            raise ValueError(name)
    v, i, s = items["variety"], items["identity"], items["significance"]
    a, f = items["autonomy"], items["feedback"]
    if combine == "sum":
        return v + i + s + a + f
    return (v + i + s) / 3 * a * f
