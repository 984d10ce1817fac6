# recognised as: ties_as_they_come
def rank_by_value(offers, method, time_value=12.0):
    def worth(offer):
        if method == "ratio":
            if offer["price"] == 0:
                raise ValueError("price is 0: " + offer["name"])
            return offer["benefit"] / offer["price"]
        if method == "difference":
            return offer["benefit"] - offer["price"]
        if method == "net":
            return (
                offer["benefit"]
                - offer["price"]
                - time_value * offer["minutes"] / 60
                - offer["hassle"]
            )
        raise ValueError("unknown method " + method)

    best_first = sorted(offers, key=worth, reverse=True)
    return [offer["name"] for offer in best_first]
