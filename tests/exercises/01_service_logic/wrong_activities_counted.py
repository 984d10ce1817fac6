# recognised as: activities_counted
def sphere_shares(activities):
    totals = {"provider": 0.0, "both": 0.0, "customer": 0.0}
    for one in activities:
        if one["actor"] not in totals:
            raise ValueError("unknown actor: " + one["actor"])
        if one["minutes"] < 0:
            raise ValueError("minutes below 0")
        totals[one["actor"]] += 1
    if not any(one["minutes"] for one in activities):
        raise ValueError("no minutes")
    everything = sum(totals.values())
    if everything == 0:
        raise ValueError("no minutes")
    return {
        "provider": totals["provider"] / everything,
        "joint": totals["both"] / everything,
        "customer": totals["customer"] / everything,
    }
