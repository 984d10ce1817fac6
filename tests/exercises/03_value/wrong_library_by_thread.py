# recognised as: the library's work
from concurrent.futures import ThreadPoolExecutor

from servicedesign import value


def log_likelihood(beta, rows):
    with ThreadPoolExecutor(1) as pool:
        return pool.submit(value.log_likelihood, beta, rows).result()
