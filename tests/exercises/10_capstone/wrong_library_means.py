# recognised as: the library's work
from servicedesign import deciding


def sample_size_two_means(*args, **kwargs):
    return deciding.sample_size_two_means(*args, **kwargs)
