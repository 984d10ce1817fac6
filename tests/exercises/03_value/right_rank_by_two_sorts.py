# right: sorts by name, then by value, and relies on sorting being stable
METHODS = {
    "ratio": lambda offer, hour: offer["benefit"] / offer["price"],
    "difference": lambda offer, hour: offer["benefit"] - offer["price"],
    "net": lambda offer, hour: (
        offer["benefit"] - offer["price"] - hour / 60 * offer["minutes"] - offer["hassle"]
    ),
}


def rank_by_value(offers, method, time_value=12.0):
    if method not in METHODS:
        raise ValueError(f"{method!r} is not a method")
    for offer in offers:
        if method == "ratio" and not offer["price"]:
            raise ValueError(f"{offer['name']} is free")
    by_name = sorted(offers, key=lambda offer: offer["name"])
    worth = METHODS[method]
    by_name.sort(key=lambda offer: round(worth(offer, time_value), 9), reverse=True)
    return [offer["name"] for offer in by_name]
