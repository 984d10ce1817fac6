# recognised as: not_divided
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
    above = sum(a * d for a, b, c, d in tables)
    below = sum(b * c for a, b, c, d in tables)
    return above / below
