# recognised as: the library's work
from servicedesign import rehearsal


def share_of_problems_seen(chances, people):
    return rehearsal.share_of_problems_seen(chances, people)
