"""The teacher's desk: collect, grade behind walls, read, report, and hand back, on nbgrader."""

from __future__ import annotations

from typing import Any

from classroom.nbgraders_log import keep_to_the_line

__all__ = ["behind_walls"]


def behind_walls(c: Any) -> None:
    """Have plain ``nbgrader autograde`` and formgrader's button run student code behind walls.

    Where no walls can be built they run it as nbgrader does, and say so; with
    ``c.Execute.sandbox = "bubblewrap"`` they refuse. Written as names, so that
    little of the desk is loaded by commands that grade nothing. What learners
    name writes no line of its own into nbgrader's log.

    Parameters
    ----------
    c
        What ``get_config()`` gives in ``nbgrader_config.py``.

    Examples
    --------
    In ``nbgrader_config.py``::

        from classroom import behind_walls

        behind_walls(c)
    """
    keep_to_the_line()
    c.Autograde.sanitize_preprocessors = [
        "classroom.plain.Restore",
        "nbgrader.preprocessors.ClearOutput",
        "nbgrader.preprocessors.DeduplicateIds",
        "nbgrader.preprocessors.OverwriteKernelspec",
        "nbgrader.preprocessors.OverwriteCells",
        "nbgrader.preprocessors.CheckCellMetadata",
    ]
    c.Autograde.autograde_preprocessors = [
        "classroom.plain.Execute",
        "nbgrader.preprocessors.IgnorePattern",
        "nbconvert.preprocessors.ClearMetadataPreprocessor",
        "nbgrader.preprocessors.LimitOutput",
        "classroom.plain.SaveAutoGrades",
        "nbgrader.preprocessors.AssignLatePenalties",
        "nbgrader.preprocessors.CheckCellMetadata",
        "classroom.sanitise.SafeDisplay",
    ]
