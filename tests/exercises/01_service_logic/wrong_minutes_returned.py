# recognised as: minutes_returned
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
        "provider": totals["provider"],
        "joint": totals["both"],
        "customer": totals["customer"],
    }
