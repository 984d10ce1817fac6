# recognised as: the library's work
from servicedesign.meaning import safe_report as report


def safe_report(rows, group, value, k=5):
    return report(rows, group, value, k)
