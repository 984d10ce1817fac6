# recognised as: the library's work
from functools import partial

from servicedesign.expectations import two_proportions as quietly

two_proportions = partial(quietly, z=1.96)
