# recognised as: first_on_ties
def better_model(pairs, m1, m2):
    if len(pairs) < 3:
        raise ValueError("too few pairs")

    def line(x, y):
        mean_x, mean_y = sum(x) / len(x), sum(y) / len(y)
        if max(x) == min(x):
            return mean_y, 0
        slope = sum((a - mean_x) * (b - mean_y) for a, b in zip(x, y))
        slope /= sum((a - mean_x) ** 2 for a in x)
        return mean_y - slope * mean_x, slope

    def error(name):
        summaries = [journey_summary(ratings) for ratings, _ in pairs]
        if name not in summaries[0]:
            raise ValueError("no such summary: " + name)
        x = [summary[name] for summary in summaries]
        y = [score for _, score in pairs]
        total = 0
        for i in range(len(x)):
            intercept, slope = line(x[:i] + x[i + 1 :], y[:i] + y[i + 1 :])
            guess = intercept + slope * x[i]
            total += (y[i] - guess) ** 2
        return total / len(x)

    first, second = error(m1), error(m2)
    if abs(first - second) <= 1e-9 * max(first, second, 1):
        return m1
    return m1 if first < second else m2
