# recognised as: the library's work
from servicedesign import journey


def better_model(pairs, m1, m2):
    return journey.better_model(pairs, m1, m2)
