# right: takes the best of what is left, again and again
def rank_by_value(offers, method, time_value=12.0):
    if method not in ("ratio", "difference", "net"):
        raise ValueError("no such method: " + method)
    left = []
    for offer in offers:
        if method == "ratio":
            try:
                worth = offer["benefit"] / offer["price"]
            except ZeroDivisionError:
                raise ValueError(offer["name"] + " costs nothing") from None
        else:
            worth = offer["benefit"] - offer["price"]
        if method == "net":
            worth = worth - offer["minutes"] * (time_value / 60) - offer["hassle"]
        left.append((round(worth, 9), offer["name"]))
    ranked = []
    while left:
        best = max(worth for worth, name in left)
        name = min(name for worth, name in left if worth == best)
        left.remove((best, name))
        ranked.append(name)
    return ranked
