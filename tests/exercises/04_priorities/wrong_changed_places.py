# recognised as: changed_places
def kano_coefficients(counts):
    for letter in counts:
        if letter not in ["A", "O", "M", "I", "R", "Q"]:
            raise ValueError("what is " + letter)
        if counts[letter] < 0:
            raise ValueError("negative " + letter)
    a = counts.get("A", 0)
    o = counts.get("O", 0)
    m = counts.get("M", 0)
    i = counts.get("I", 0)
    valid = a + o + m + i
    if valid == 0:
        raise ValueError("no valid answer")
    return -(o + m) / valid, (a + o) / valid
