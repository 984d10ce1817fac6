# right: goes through the rows once, and finds the line by Little's law
def queue_stats(rows, target):
    if not rows:
        raise ValueError("rows are empty")
    if not target >= 0:
        raise ValueError(f"target must not be {target}")
    waits = []
    watched = {}
    late = 0
    for row in rows:
        arrive, start, end = (row[key] for key in ("arrive_min", "start_min", "end_min"))
        if arrive > start:
            raise ValueError("start_min is too early")
        if start > end:
            raise ValueError("end_min is too early")
        waits += [start - arrive]
        late += 1 if start - arrive > target else 0
        a, b = watched.get(row["day"], (arrive, end))
        watched[row["day"]] = (min(a, arrive), max(b, end))
    n = len(rows)
    minutes = sum(b - a for a, b in watched.values())
    mean = sum(waits) / n
    line = n / minutes * mean if minutes > 0 else 0.0
    return dict(
        guests=n, mean_wait=mean, p90_wait=sorted(waits)[-(-9 * n // 10) - 1],
        share_over=late / n, minutes=minutes, mean_waiting=line,
    )  # fmt: skip
