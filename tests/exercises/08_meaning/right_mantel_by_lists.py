# right: two lists, added up at the end
def mantel_haenszel(tables):
    if tables == []:
        raise ValueError("no tables")
    ups, downs = [], []
    for a, b, c, d in tables:
        if min(a, b, c, d) < 0:
            raise ValueError(f"negative: {min(a, b, c, d)}")
        people = a + b + c + d
        if not people:
            raise ValueError("nobody: people is 0")
        ups.append(a * d / people)
        downs.append(b * c / people)
    if not any(downs):
        raise ValueError("cannot divide by zero")
    return sum(ups) / sum(downs)
