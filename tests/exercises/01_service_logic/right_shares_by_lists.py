# right: comprehensions, and a check of all activities beforehand
def sphere_shares(activities):
    for one in activities:
        if one["actor"] not in ("provider", "both", "customer"):
            raise ValueError(f"who is {one['actor']}?")
    if any(one["minutes"] < 0 for one in activities) or not any(o["minutes"] for o in activities):
        raise ValueError("minutes make no sense")

    def taken(actor):
        return sum(one["minutes"] for one in activities if one["actor"] == actor)

    house, joint, guest = map(taken, ("provider", "both", "customer"))
    whole = house + joint + guest
    return {"customer": guest / whole, "joint": joint / whole, "provider": house / whole}
