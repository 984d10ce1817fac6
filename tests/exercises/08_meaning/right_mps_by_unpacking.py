# right: five names are unpacked, and an empty trait is caught by get
def mps(items, combine="product"):
    if combine != "product" and combine != "sum":
        raise ValueError(f"combine: {combine}")
    points = []
    for trait in ("variety", "identity", "significance", "autonomy", "feedback"):
        point = items.get(trait, 0)
        if point < 1 or point > 7:
            raise ValueError(f"{trait}: {point}")
        points.append(point)
    v, i, s, a, f = points
    first = v / 3 + i / 3 + s / 3
    return first * a * f if combine == "product" else first + a + f
