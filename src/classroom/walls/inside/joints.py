"""The parts of other packages that a warmed interpreter leans on, and whether they are there."""

from __future__ import annotations

import os
from importlib import import_module


class Unfit(Exception):  # noqa: N818 - a finding, not a fault of ours
    """The Python here lacks what forking a warmed interpreter leans on; the message says what."""


def examine(joints: list[str]) -> None:
    """Raise ``Unfit`` unless there is ``fork`` and all these parts of other packages."""
    if not hasattr(os, "fork"):
        raise Unfit("there is no fork here")
    for joint in joints:
        module, _, path = joint.partition(":")
        try:
            place = import_module(module)
            for name in path.split("."):
                place = getattr(place, name)
        except (ImportError, AttributeError):
            raise Unfit(f"{joint.replace(':', '.')} is not there") from None
