# recognised as: the library's work
from servicedesign import mirror


def mantel_haenszel(tables):
    return getattr(mirror, "mantel" + "_haenszel")(tables)
