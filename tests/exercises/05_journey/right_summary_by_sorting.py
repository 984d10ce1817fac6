# right: the peak is found by sorting by distance and sign
def journey_summary(ratings, weights=None):
    if not ratings:
        raise ValueError("there are no ratings")
    odd = [rating for rating in ratings if abs(rating) > 2]
    if odd:
        raise ValueError("not from -2 to 2: " + str(odd[0]))
    pairs = [(rating, 1) for rating in ratings]
    if weights is not None:
        if len(weights) != len(ratings):
            raise ValueError("as many weights as ratings, please")
        pairs = [(rating, weight) for rating, weight in zip(ratings, weights)]
    if any(weight < 0 for _, weight in pairs) or all(weight == 0 for _, weight in pairs):
        raise ValueError("weights make no sense")
    by_strength = sorted(ratings, key=lambda rating: (-abs(rating), rating))
    answer = {"trough": sorted(ratings)[0], "end": ratings[len(ratings) - 1]}
    answer["peak"] = by_strength[0]
    answer["peak_end"] = (answer["peak"] + answer["end"]) * 0.5
    answer["mean"] = sum(r * w for r, w in pairs) / sum(w for _, w in pairs)
    return answer
