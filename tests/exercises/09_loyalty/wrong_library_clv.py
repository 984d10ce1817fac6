# recognised as: the library's work
from servicedesign import loyalty


def clv(margin, survival, rate, first):
    return loyalty.clv(margin, survival, rate, first)
