# recognised as: daily_means
def queue_stats(rows, target):
    if not rows:
        raise ValueError("rows")
    if target < 0:
        raise ValueError("target")
    waits, first, last, by_day = [], {}, {}, {}
    for row in rows:
        day, arrive, start, end = row["day"], row["arrive_min"], row["start_min"], row["end_min"]
        if start < arrive:
            raise ValueError("start_min")
        if end < start:
            raise ValueError("end_min")
        waits.append(start - arrive)
        by_day.setdefault(day, []).append(start - arrive)
        first[day] = min(first.get(day, arrive), arrive)
        last[day] = max(last.get(day, end), end)
    waits.sort()
    n = len(waits)
    means = [sum(day) / len(day) for day in by_day.values()]
    minutes = sum(last[day] - first[day] for day in first)
    return {
        "guests": n,
        "mean_wait": sum(means) / len(means),
        "p90_wait": waits[(9 * n + 9) // 10 - 1],
        "share_over": sum(wait > target for wait in waits) / n,
        "minutes": minutes,
        "mean_waiting": sum(waits) / minutes if minutes else 0.0,
    }
