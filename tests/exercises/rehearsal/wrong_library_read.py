# recognised as: the library's work
from servicedesign.rehearsal import read_test as softly

read_test = softly
