# right: takes each guest out of copies of the lists
def better_model(pairs, m1, m2):
    if not len(pairs) >= 3:
        raise ValueError("three pairs at least")
    felt = [journey_summary(ratings) for ratings, _ in pairs]
    for name in (m1, m2):
        if name not in felt[0]:
            raise ValueError("unknown: " + repr(name))
    errors = []
    for name in (m1, m2):
        squares = []
        for left_out in range(len(pairs)):
            x = [summary[name] for summary in felt]
            y = [score for _, score in pairs]
            own_x, own_y = x.pop(left_out), y.pop(left_out)
            n = len(x)
            below = sum((a - sum(x) / n) ** 2 for a in x)
            above = sum((a - sum(x) / n) * b for a, b in zip(x, y))
            slope = above / below if len(set(x)) > 1 else 0
            squares.append((own_y - (sum(y) / n + slope * (own_x - sum(x) / n))) ** 2)
        errors.append(sum(squares) / len(squares))
    if abs(errors[0] - errors[1]) <= 1e-9 * max(*errors, 1):
        return "tie"
    return m1 if errors[0] < errors[1] else m2
