# recognised as: rounded_down
def queue_stats(rows, target):
    if not rows:
        raise ValueError("rows")
    if target < 0:
        raise ValueError("target")
    waits, first, last = [], {}, {}
    for row in rows:
        day, arrive, start, end = row["day"], row["arrive_min"], row["start_min"], row["end_min"]
        if start < arrive:
            raise ValueError("start_min")
        if end < start:
            raise ValueError("end_min")
        waits.append(start - arrive)
        first[day] = min(first.get(day, arrive), arrive)
        last[day] = max(last.get(day, end), end)
    waits.sort()
    n = len(waits)
    minutes = sum(last[day] - first[day] for day in first)
    return {
        "guests": n,
        "mean_wait": sum(waits) / n,
        "p90_wait": waits[max(int(0.9 * n), 1) - 1],
        "share_over": sum(wait > target for wait in waits) / n,
        "minutes": minutes,
        "mean_waiting": sum(waits) / minutes if minutes else 0.0,
    }
