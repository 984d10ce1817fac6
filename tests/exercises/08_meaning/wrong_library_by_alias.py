# recognised as: the library's work
from servicedesign.meaning import scale_scores as softly

scale_scores = softly
