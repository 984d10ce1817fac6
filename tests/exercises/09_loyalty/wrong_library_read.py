# recognised as: the library's work
from servicedesign.claim_reading import read_claim as apart

read_claim = apart
