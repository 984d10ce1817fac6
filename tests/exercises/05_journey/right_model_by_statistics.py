# right: lets the standard library fit the line
import statistics


def better_model(pairs, m1, m2):
    if len(pairs) < 3:
        raise ValueError("pairs: fewer than three")

    def miss(name, left_out):
        x, y = [], []
        for place, (ratings, score) in enumerate(pairs):
            summary = journey_summary(ratings)
            if name not in summary:
                raise ValueError(name)
            if place == left_out:
                own = (summary[name], score)
            else:
                x.append(summary[name])
                y.append(score)
        if len(set(x)) == 1:
            return (own[1] - statistics.fmean(y)) ** 2
        slope, intercept = statistics.linear_regression(x, y)
        return (own[1] - intercept - slope * own[0]) ** 2

    first, second = (
        statistics.fmean(miss(name, place) for place in range(len(pairs))) for name in (m1, m2)
    )
    if abs(first - second) <= 1e-9 * max(first, second, 1):
        return "tie"
    return m1 if first < second else m2
