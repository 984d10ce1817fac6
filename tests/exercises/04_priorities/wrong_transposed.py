# recognised as: transposed
TABLE = [
    ["Q", "A", "A", "A", "O"],
    ["R", "I", "I", "I", "M"],
    ["R", "I", "I", "I", "M"],
    ["R", "I", "I", "I", "M"],
    ["R", "R", "R", "R", "Q"],
]


def kano_category(functional, dysfunctional):
    if functional not in (1, 2, 3, 4, 5):
        raise ValueError(f"{functional} is no answer")
    if dysfunctional not in (1, 2, 3, 4, 5):
        raise ValueError(f"{dysfunctional} is no answer")
    return TABLE[dysfunctional - 1][functional - 1]
