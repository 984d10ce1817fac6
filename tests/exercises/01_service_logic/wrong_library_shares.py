# recognised as: the library's work
from servicedesign.service_logic import sphere_shares as ready


def sphere_shares(activities):
    return ready(activities)
