"""The words studybook shows a learner: those of the edition in use, from `explorables`."""

from explorables.catalogue import VARIABLE, edition, load
from explorables.language import _, use

__all__ = ["VARIABLE", "_", "edition", "load", "use"]
