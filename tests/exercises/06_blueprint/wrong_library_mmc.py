# recognised as: the library's work
from servicedesign import queueing as borrowed


def mmc(lam, mu, c):
    found = borrowed.mmc(lam, mu, c)
    return dict(found)
