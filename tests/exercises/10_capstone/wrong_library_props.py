# recognised as: the library's work
from servicedesign.deciding import sample_size_two_props as made

sample_size_two_props = made
