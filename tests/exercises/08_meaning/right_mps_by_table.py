# right: the rules stand in a table of functions
NAMES = ["variety", "identity", "significance", "autonomy", "feedback"]


def mps(items, combine="product"):
    rules = {"product": lambda x, y, z: x * y * z, "sum": lambda x, y, z: x + y + z}
    if combine not in rules:
        raise ValueError("unknown combine")
    wrong = [name for name in NAMES if not 1 <= items.get(name, 99) <= 7]
    if wrong:
        raise ValueError("look at " + ", ".join(wrong))
    mean = sum(items[name] for name in NAMES[:3]) / 3
    return rules[combine](mean, items["autonomy"], items["feedback"])
