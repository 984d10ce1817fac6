# recognised as: always_product
def mps(items, combine="product"):
    if combine not in ("product", "sum"):
        raise ValueError("combine")
    for name in ("variety", "identity", "significance", "autonomy", "feedback"):
        if name not in items or items[name] < 1 or items[name] > 7:
            raise ValueError(name)
    three = items["variety"] + items["identity"] + items["significance"]
    return three / 3 * items["autonomy"] * items["feedback"]
