"""All cases, in one list."""

from __future__ import annotations

from . import browser, crossing, documents, files, forging, reaching, running
from .case import Case

CASES: list[Case] = [
    case
    for module in (running, documents, files, reaching, forging, crossing, browser)
    for family in module.FAMILIES
    for case in family.cases
]
