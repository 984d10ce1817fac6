# recognised as: time_left_out
def rank_by_value(offers, method, time_value=12.0):
    def worth(offer):
        if method == "ratio":
            if offer["price"] == 0:
                raise ValueError("price is 0: " + offer["name"])
            return offer["benefit"] / offer["price"]
        if method == "difference":
            return offer["benefit"] - offer["price"]
        if method == "net":
            return offer["benefit"] - offer["price"] - offer["hassle"]
        raise ValueError("unknown method " + method)

    keys = sorted((-round(worth(offer), 9), offer["name"]) for offer in offers)
    return [name for _, name in keys]
