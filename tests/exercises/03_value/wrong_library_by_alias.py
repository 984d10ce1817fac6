# recognised as: the library's work
from servicedesign.value import choice_shares as softly

choice_shares = softly
