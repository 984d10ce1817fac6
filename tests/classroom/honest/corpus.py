"""All odd but honest cases, by family."""

from __future__ import annotations

from . import apps, files, habits, running
from .case import Case, Family

CASES: list[Case] = [
    case
    for module in (running, files, apps, habits)
    for family in vars(module).values()
    if isinstance(family, Family)
    for case in family.cases
]
