# right: groups in order of size, and the first ones are hidden
def safe_report(rows, group, value, k=5):
    if k < 2:
        raise ValueError(f"k is {k}")
    sums, numbers = {}, {}
    for row in rows:
        name = row[group]
        sums[name] = sums.get(name, 0)
        numbers[name] = numbers.get(name, 0)
        if row[value] is not None:
            sums[name] += row[value]
            numbers[name] += 1
    order = sorted(numbers, key=lambda name: (numbers[name], name))
    cut = len([name for name in order if numbers[name] < k])
    if cut > 0:
        while cut < len(order):
            behind = sum(numbers[name] for name in order[:cut])
            if cut > 1 and behind >= k:
                break
            cut += 1
    groups = {}
    for place, name in enumerate(order):
        mean = sums[name] / numbers[name] if numbers[name] else 0
        groups[name] = None if place < cut else {"n": numbers[name], "mean": mean}
    n = sum(numbers.values())
    total = {"n": n, "mean": sum(sums.values()) / n} if n >= k else None
    return {"groups": groups, "total": total}
