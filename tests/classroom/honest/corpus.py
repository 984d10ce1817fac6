"""All odd but honest cases, by family."""

from __future__ import annotations

from . import apps, files, habits, running
from .case import Case, Family

TWO_INTERPRETERS = True

CASES: list[Case] = [
    case
    for module in (running, files, apps, habits)
    for family in vars(module).values()
    if isinstance(family, Family) and (TWO_INTERPRETERS or family is not habits.apart)
    for case in family.cases
]
