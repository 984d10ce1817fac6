# right: one pass through the dict, sums built up letter by letter
def kano_coefficients(counts):
    pleased = displeased = everybody = 0
    for letter in counts:
        if letter not in "AOMIRQ" or len(letter) != 1:
            raise ValueError("unknown letter " + letter)
        if counts[letter] < 0:
            raise ValueError("fewer than nobody gave " + letter)
        if letter in "AOMI":
            everybody += counts[letter]
        if letter in "AO":
            pleased += counts[letter]
        if letter in "OM":
            displeased += counts[letter]
    if not everybody:
        raise ValueError("no valid answers")
    return (pleased / everybody, -1 * displeased / everybody)
