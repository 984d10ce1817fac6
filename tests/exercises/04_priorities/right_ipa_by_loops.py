# right: loops and counters only, the median by taking away ends
def ipa(items, crosshair="mean", scale=(1, 7)):
    if items == []:
        raise ValueError("items is empty")
    if crosshair != "mean" and crosshair != "median" and crosshair != "midpoint":
        raise ValueError("unknown crosshair: " + crosshair)
    lines = []
    for axis in ["importance", "performance"]:
        values = []
        for item in items:
            values.append(item[axis])
        if crosshair == "midpoint":
            values = [scale[0], scale[1]]
        if crosshair == "median":
            while len(values) > 2:
                values.remove(max(values))
                values.remove(min(values))
        total = 0
        for value in values:
            total += value
        lines.append(total / len(values))
    seen = []
    answer = {}
    for item in items:
        if item["name"] in seen:
            raise ValueError("twice: " + item["name"])
        seen.append(item["name"])
        matters = item["importance"] > lines[0] - 1e-9
        well = item["performance"] > lines[1] - 1e-9
        if matters and well:
            answer[item["name"]] = "keep_up"
        elif matters:
            answer[item["name"]] = "concentrate"
        elif well:
            answer[item["name"]] = "overkill"
        else:
            answer[item["name"]] = "low_priority"
    return answer
