# recognised as: the library's work
from servicedesign.priorities import ipa as placed

ipa = placed
