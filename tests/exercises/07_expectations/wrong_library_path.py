# recognised as: the library's work
from servicedesign.expectations import expectation_path as borrowed


def expectation_path(perf, e0, alpha):
    return borrowed(perf, e0, alpha)
