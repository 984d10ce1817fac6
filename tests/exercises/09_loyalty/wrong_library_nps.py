# recognised as: the library's work
from servicedesign import listening


def nps(scores):
    found = listening.nps(scores)
    return found["nps"], found["se"]
