# recognised as: the library's work
from servicedesign import expectations as inside


def acsi_index(means, weights):
    if not means:
        raise ValueError("weights")
    return inside.acsi_index(list(means), list(weights))
