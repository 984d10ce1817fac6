"""Rubrics: a table in the task becomes levels with points.

A table is a rubric if every row has a number in its first column. The numbers
are the points where the largest of them is the question's maximum; otherwise
the rows are levels, each an equal share of the points, rounded to hundredths.
"""

from __future__ import annotations

import re
from dataclasses import dataclass

from classroom.course import ClassroomError

# Keys 0 to 9 give them.
MOST_LEVELS = 10

_ROW = re.compile(r"^\s*\|(.*)\|\s*$")
_RULE = re.compile(r"^\s*\|(?:\s*:?-+:?\s*\|)+\s*$")
_CELL_END = re.compile(r"(?<!\\)\|")
# "3", "**3**", "level 3" or "3 points", and no range such as "1-2".
_NUMBER = re.compile(r"\W*(?:[^\W\d]+\s+)?(\d+(?:[.,]\d+)?)(?:\s+[^\W\d]+)?\W*")


@dataclass(frozen=True, slots=True)
class Level:
    """One step of a rubric: its points, and in Markdown what such a text shows."""

    points: float
    text: str = ""


def split_rubric(text: str) -> tuple[str, list[tuple[float, str]]]:
    """Take the rubric out of a task.

    Returns
    -------
    tuple
        The text without the table, and its rows as number and description, by
        number; no rows if no table has a number in every first column.
    """
    lines = text.splitlines()
    for start, line in enumerate(lines[1:], start=1):
        if not _RULE.match(line) or not _ROW.match(lines[start - 1]):
            continue
        rows = []
        end = start + 1
        while end < len(lines) and (row := _ROW.match(lines[end])):
            first, *rest = (part.strip() for part in _CELL_END.split(row[1]))
            rows.append((_NUMBER.fullmatch(first), " ".join(rest).replace(r"\|", "|")))
            end += 1
        numbers = [float(found[1].replace(",", ".")) for found, _ in rows if found]
        if len(rows) > 1 and len(set(numbers)) == len(rows):
            said = [description for _, description in rows]
            without = "\n".join(lines[: start - 1] + lines[end:])
            return without.strip(), sorted(zip(numbers, said, strict=True))
    return text, []


def names_points(rows: list[tuple[float, str]], points: float) -> bool:
    """Whether a rubric's numbers are points, and not only levels."""
    return bool(rows) and rows[-1][0] == points


def levels_of(rows: list[tuple[float, str]], points: float) -> tuple[Level, ...]:
    """Turn a rubric's rows into points.

    Parameters
    ----------
    rows
        As from :func:`split_rubric`; without any, whole points are the levels.
    points
        The question's maximum.

    Returns
    -------
    tuple of Level
        From 0 points to the maximum; empty for a maximum that whole points from
        the keys 0 to 9 do not reach.
    """
    if not rows:
        whole = points % 1 == 0 and points < MOST_LEVELS
        return tuple(Level(float(step)) for step in range(int(points) + 1)) if whole else ()
    steps = [row for row in rows if row[0] > 0]
    nothing = next((said for number, said in rows if number == 0), "")
    if len(steps) >= MOST_LEVELS:
        raise ClassroomError(f"a rubric may have {MOST_LEVELS - 1} levels, got {len(steps)}")
    return (
        Level(0.0, nothing),
        *(
            Level(
                number if names_points(rows, points) else round(points * rank / len(steps), 2), said
            )
            for rank, (number, said) in enumerate(steps, start=1)
        ),
    )
