# recognised as: mean_of_ratios
def mantel_haenszel(tables):
    if len(tables) == 0:
        raise ValueError("tables")
    for table in tables:
        for count in table:
            if count < 0:
                raise ValueError(str(count))
        if sum(table) == 0:
            raise ValueError("people")
    if all(b * c == 0 for _, b, c, _ in tables):
        raise ValueError("zero")
    ratios = []
    for a, b, c, d in tables:
        if 0 in (a, b, c, d):
            a, b, c, d = a + 0.5, b + 0.5, c + 0.5, d + 0.5
        ratios.append(a * d / (b * c))
    return sum(ratios) / len(ratios)
