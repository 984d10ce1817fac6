# right: a mean of the tables' odds ratios, each weighed by b c / n
def mantel_haenszel(tables):
    if not tables:
        raise ValueError("tables is empty")
    total = weight = 0
    for table in tables:
        low = min(table)
        if low < 0:
            raise ValueError(str(low))
        if not sum(table):
            raise ValueError("a table without people")
        a, b, c, d = table
        share = b * c / sum(table)
        weight += share
        total += share * (a * d / (b * c)) if share else a * d / sum(table)
    if weight == 0:
        raise ValueError("b c is zero everywhere")
    return total / weight
