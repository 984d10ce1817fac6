# right: a dict from (important, strong) to the name of the quadrant
import statistics

QUADRANTS = {
    (True, True): "keep_up",
    (True, False): "concentrate",
    (False, True): "overkill",
    (False, False): "low_priority",
}


def ipa(items, crosshair="mean", scale=(1, 7)):
    if len(items) == 0:
        raise ValueError("no items")
    rules = {
        "mean": statistics.fmean,
        "median": statistics.median,
        "midpoint": lambda _values: statistics.fmean(scale),
    }
    if crosshair not in rules:
        raise ValueError("do not know " + crosshair)
    lines = {
        axis: rules[crosshair]([item[axis] for item in items]) - 1e-9
        for axis in ("importance", "performance")
    }
    found = {}
    for item in items:
        if item["name"] in found:
            raise ValueError(item["name"] + " is there twice")
        found[item["name"]] = QUADRANTS[
            item["importance"] >= lines["importance"], item["performance"] >= lines["performance"]
        ]
    return found
