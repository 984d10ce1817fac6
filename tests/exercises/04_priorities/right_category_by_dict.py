# right: a dict with a key for each of the pairs that is not indifferent
LETTERS = {(1, 1): "Q", (5, 5): "Q", (1, 5): "O"}
for middle in (2, 3, 4):
    LETTERS[1, middle] = "A"
    LETTERS[middle, 5] = "M"
    LETTERS[middle, 1] = "R"
    LETTERS[5, middle] = "R"
LETTERS[5, 1] = "R"


def kano_category(functional, dysfunctional):
    for number in [functional, dysfunctional]:
        if number not in range(1, 6):
            raise ValueError(f"{number} is not on the scale")
    return LETTERS.get((functional, dysfunctional), "I")
