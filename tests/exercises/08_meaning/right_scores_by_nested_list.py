# right: blanks are filtered first, and the scale is turned about its middle
def scale_scores(rows, key, reverse, lo, hi, min_answered):
    if not 0 < min_answered <= len(key):
        raise ValueError("min_answered is out of range")
    strange = set(reverse) - set(key)
    if strange:
        raise ValueError("not in key: " + ", ".join(sorted(strange)))
    middle = (lo + hi) / 2

    def score(row):
        known = [(item, row[item]) for item in key if item in row and row[item] is not None]
        for item, answer in known:
            if answer > hi or answer < lo:
                raise ValueError(f"{item}: {answer}")
        points = [2 * middle - x if item in reverse else x for item, x in known]
        return None if len(points) < min_answered else sum(points) / len(points)

    return [score(row) for row in rows]
