# recognised as: not_turned
def scale_scores(rows, key, reverse, lo, hi, min_answered):
    if min_answered < 1 or min_answered > len(key):
        raise ValueError("min_answered")
    for item in reverse:
        if item not in key:
            raise ValueError(item)
    scores = []
    for row in rows:
        given = []
        for item in key:
            answer = row.get(item)
            if answer is not None:
                if answer < lo or answer > hi:
                    raise ValueError(item)
                given.append(answer if item in reverse else answer)
        scores.append(sum(given) / len(given) if len(given) >= min_answered else None)
    return scores
