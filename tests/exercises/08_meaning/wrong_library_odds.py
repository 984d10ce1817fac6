# recognised as: the library's work
from servicedesign import mirror


def odds_ratio(a, b, c, d):
    return mirror.odds_ratio(a, b, c, d)
