# right: each answer is plus one, nothing or minus one, and the error is that of their mean
import math


def sign(score):
    if score not in (0, 1, 2, 3, 4, 5, 6, 7, 8, 9, 10):
        raise ValueError("no such answer: " + str(score))
    return 1 if score > 8 else -1 if score < 7 else 0


def nps(scores):
    signs = [sign(score) for score in scores]
    if not signs:
        raise ValueError("scores is empty")
    mean = math.fsum(signs) / len(signs)
    square = sum(one * one for one in signs) / len(signs)
    return 100 * mean, 100 * math.sqrt(max(0, square - mean * mean) / len(signs))
