# right: asks about the answers one after the other instead of reading a table
def kano_category(functional, dysfunctional):
    if functional < 1 or functional > 5:
        raise ValueError("no such answer: " + str(functional))
    if dysfunctional < 1 or dysfunctional > 5:
        raise ValueError("no such answer: " + str(dysfunctional))
    if functional == dysfunctional and functional in (1, 5):
        return "Q"
    if functional == 5 or dysfunctional == 1:
        return "R"
    if functional == 1:
        return "O" if dysfunctional == 5 else "A"
    if dysfunctional == 5:
        return "M"
    return "I"
