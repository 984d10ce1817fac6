"""What an examination of the set-up finds, as data."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import Literal

Status = Literal["ok", "warn", "fail"]


@dataclass(frozen=True, slots=True)
class Finding:
    """One thing examined.

    Attributes
    ----------
    check
        Name of what was examined.
    status
        ``ok``, ``warn`` (works, but) or ``fail`` (will not work).
    found
        What there is, in words.
    todo
        What to do; empty where nothing is.
    """

    check: str
    status: Status
    found: str
    todo: str = ""


def as_json(findings: list[Finding]) -> str:
    """Return the findings as a JSON list, for scripts."""
    return json.dumps([asdict(finding) for finding in findings], indent=2)
