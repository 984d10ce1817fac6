# recognised as: the library's work
from servicedesign import odds


def mantel_haenszel(tables):
    return getattr(odds, "mantel" + "_haenszel")(tables)
