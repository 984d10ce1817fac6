# recognised as: the library's work
from servicedesign import meaning


def mps(items, combine="product"):
    return meaning.mps(items, combine)
