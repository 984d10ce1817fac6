# right: subtracts those who cannot be pleased or displeased from one
def kano_coefficients(counts):
    full = dict.fromkeys("AOMIRQ", 0)
    for letter, number in counts.items():
        if letter not in full or number < 0:
            raise ValueError(f"{letter}: {number}")
        full[letter] = number
    total = full["A"] + full["O"] + full["M"] + full["I"]
    if total == 0:
        raise ValueError("without a valid answer there is no share")
    better = 1 - (full["M"] + full["I"]) / total
    worse = (full["A"] + full["I"]) / total - 1
    return better, worse
