# right: gathers the days first, and counts until nine in ten are through
def queue_stats(rows, target):
    if len(rows) == 0:
        raise ValueError("no rows")
    if target < 0:
        raise ValueError("target below 0")
    if any(row["start_min"] < row["arrive_min"] for row in rows):
        raise ValueError("start_min before arrive_min")
    if any(row["end_min"] < row["start_min"] for row in rows):
        raise ValueError("end_min before start_min")
    days = {}
    for row in rows:
        days.setdefault(row["day"], []).append(row)
    minutes = 0
    for day in days.values():
        minutes += max(row["end_min"] for row in day) - min(row["arrive_min"] for row in day)
    waits = sorted(row["start_min"] - row["arrive_min"] for row in rows)
    through = 0
    for wait in waits:
        through += 1
        if 10 * through >= 9 * len(waits):
            break
    return {
        "minutes": minutes,
        "guests": len(waits),
        "mean_wait": sum(waits) / len(waits),
        "mean_waiting": 0 if minutes == 0 else sum(waits) / minutes,
        "p90_wait": wait,
        "share_over": len([one for one in waits if one > target]) / len(waits),
    }
