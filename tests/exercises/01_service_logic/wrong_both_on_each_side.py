# recognised as: both_on_each_side
def sphere_shares(activities):
    totals = {"provider": 0.0, "both": 0.0, "customer": 0.0}
    for one in activities:
        if one["actor"] not in totals:
            raise ValueError("unknown actor: " + one["actor"])
        if one["minutes"] < 0:
            raise ValueError("minutes below 0")
        totals[one["actor"]] += one["minutes"]
    everything = sum(totals.values())
    if everything == 0:
        raise ValueError("no minutes")
    return {
        "provider": (totals["provider"] + totals["both"]) / everything,
        "joint": totals["both"] / everything,
        "customer": (totals["customer"] + totals["both"]) / everything,
    }
