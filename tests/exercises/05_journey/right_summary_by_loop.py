# right: one loop keeps every number as it goes
def journey_summary(ratings, weights=None):
    if len(ratings) == 0:
        raise ValueError("ratings: none")
    if weights is None:
        weights = []
        for _ in ratings:
            weights.append(1.0)
    if len(weights) != len(ratings):
        raise ValueError("weights: wrong number")
    trough = peak = ratings[0]
    weighted = weight_sum = 0.0
    for place in range(len(ratings)):
        rating, weight = ratings[place], weights[place]
        if not (-2 <= rating <= 2):
            raise ValueError(f"rating {rating} is outside -2 to 2")
        if weight < 0:
            raise ValueError("weights: below 0")
        if rating < trough:
            trough = rating
        if abs(rating) > abs(peak) or (abs(rating) == abs(peak) and rating < peak):
            peak = rating
        weighted += weight * rating
        weight_sum += weight
    if weight_sum == 0:
        raise ValueError("weights: all 0")
    return dict(
        mean=weighted / weight_sum,
        trough=trough,
        end=rating,
        peak=peak,
        peak_end=peak / 2 + rating / 2,
    )
