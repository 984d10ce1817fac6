"""What the trusted side saw while a notebook ran."""

from __future__ import annotations

from dataclasses import dataclass, field

from classroom.grading.audit import (
    Findings,
)
from classroom.words.reasons import Reason

RESULTS = "classroom"


@dataclass(frozen=True, slots=True)
class Event:
    """What went wrong, the cell it concerns, and whether to look."""

    reason: Reason
    cell: str | None = None
    look: bool = False


@dataclass(slots=True)
class Execution:
    """What the trusted side saw while a notebook ran; travels in nbconvert's resources.

    Attributes
    ----------
    status
        ``grade_id`` to ``ok``, ``error``, ``timeout`` or ``dead``.
    alone
        Tests that ran in the learner's own interpreter, and so were audited.
    unread
        Tests of answers that only a newer Python reads, or that the machine was too busy
        for: they wait for a person if they fail.
    events
        What went wrong.
    findings
        What the audit found.
    cpu
        Processor seconds of the student's processes.
    slow
        Why a plain kernel served, if one did.
    """

    status: dict[str, str] = field(default_factory=dict)
    alone: frozenset[str] = frozenset()
    unread: frozenset[str] = frozenset()
    events: list[Event] = field(default_factory=list)
    findings: Findings = field(default_factory=Findings)
    cpu: float = 0.0
    slow: str | None = None
