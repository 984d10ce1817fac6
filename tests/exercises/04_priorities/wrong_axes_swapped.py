# recognised as: axes_swapped
def ipa(items, crosshair="mean", scale=(1, 7)):
    if not items:
        raise ValueError("items must not be empty")
    if crosshair not in ("mean", "median", "midpoint"):
        raise ValueError("crosshair " + crosshair)
    names = [item["name"] for item in items]
    for name in names:
        if names.count(name) > 1:
            raise ValueError("twice: " + name)

    def line(values):
        if crosshair == "midpoint":
            return (scale[0] + scale[1]) / 2
        if crosshair == "median":
            values = sorted(values)
            half = len(values) // 2
            return values[half] if len(values) % 2 else (values[half - 1] + values[half]) / 2
        return sum(values) / len(values)

    x = line([item["performance"] for item in items]) - 1e-9
    y = line([item["importance"] for item in items]) - 1e-9
    found = {}
    for item in items:
        if item["performance"] >= x:
            found[item["name"]] = "keep_up" if item["importance"] >= y else "concentrate"
        else:
            found[item["name"]] = "overkill" if item["importance"] >= y else "low_priority"
    return found
