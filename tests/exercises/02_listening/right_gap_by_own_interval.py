# right: an interval of its own, and two stable sorts
import math


def delivery_gap(beliefs, ratings, threshold):
    if any(share < 0 or share > 1 for share in beliefs.values()):
        raise ValueError(f"a belief is no share in {beliefs}")
    rows = [row(name, beliefs[name], ratings.get(name), threshold) for name in sorted(beliefs)]
    rated = [one for one in rows if one[2] is not None]
    rated.sort(key=lambda one: round(one[1] - one[2], 9), reverse=True)
    return rated + [one for one in rows if one[2] is None]


def row(name, belief, marks, threshold):
    marks = [mark for mark in marks or () if mark is not None]
    if not marks:
        return (name, belief, None, 0.0, 1.0, "cannot tell")
    n = len(marks)
    k = sum(mark >= threshold for mark in marks)
    total = n + 1.96**2
    middle = (k + 1.96**2 / 2) / total
    half = 1.96 * math.sqrt(k * (n - k) / n + 1.96**2 / 4) / total
    low = middle - half if k else 0.0
    high = middle + half if k < n else 1.0
    verdict = {(True, False): "overestimates", (False, True): "underestimates"}.get(
        (belief > high, belief < low), "cannot tell"
    )
    return (name, belief, k / n, low, high, verdict)
