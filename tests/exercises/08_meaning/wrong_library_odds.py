# recognised as: the library's work
from servicedesign import odds


def odds_ratio(a, b, c, d):
    return odds.odds_ratio(a, b, c, d)
