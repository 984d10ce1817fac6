# recognised as: the library's work
from servicedesign.journey import prob_any_failure as softly

prob_any_failure = softly
