# recognised as: the library's work
from servicedesign import retention


def sbg_fit(survivors):
    return retention.sbg_fit(survivors)
