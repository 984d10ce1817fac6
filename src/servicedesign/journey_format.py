"""A customer journey as a file that survives the course: the format journey/1.

    python -m servicedesign.journey_format --new my_journey.json
    python -m servicedesign.journey_format my_journey.json
    python -m servicedesign.journey_format my_journey.json --svg map.svg --language fi

The file is JSON: write it in any editor.  ``schemas/journey-1.schema.json``
describes it to programs, ``book/reference/journey_format.md`` to people.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from explorables.language import _
from servicedesign import documents
from servicedesign.journeys import map as journey_map
from servicedesign.journeys.exports import (
    deviations,
    from_csv,
    to_csv,
    to_mermaid,
)
from servicedesign.journeys.rules import FORMAT, PHASES, lint
from servicedesign.labels import WORDS
from servicedesign.linting import Document

__all__ = [
    "deviations",
    "from_csv",
    "lint",
    "load",
    "main",
    "starter",
    "to_csv",
    "to_mermaid",
    "to_svg",
]


def load(path: str | Path) -> Document:
    """Return the journey of a file.

    Parameters
    ----------
    path : str or Path
        A file in the format journey/1.

    Returns
    -------
    dict
        The journey, in which `lint` finds no error.

    Raises
    ------
    DocumentError
        A ValueError that names every element at fault and its remedy.
    """
    return documents.load(path, lint)


def to_svg(journey: Document, language: str = "en", width: int = 0) -> str:
    """Return the journey map as the text of an SVG file; see `journey_map.draw`."""
    return journey_map.draw(journey, language, width)


def starter() -> Document:
    """Return a small journey to fill in: nothing in it is observed yet."""

    def step(key: str, phase: str, action: str, channel: str, owner: str) -> Document:
        return {
            "id": key,
            "phase": phase,
            "action": action,
            "channel": channel,
            "actor": _("Guest"),
            "owner": owner,
            "evidence": "assumed",
            "rating": 0,
            "importance": 3,
            "minutes": 1,
        }

    return {
        "format": FORMAT,
        "id": "my_journey",
        "title": _("A journey through my service"),
        "persona": {"name": _("Guest"), "need": _("What this person wants to get done")},
        "state": "current",
        "phases": [{"id": phase, "label": WORDS[phase]} for phase in PHASES],
        "touchpoints": [
            step("hear_of_it", "before", _("Hear of us from a friend"), "in_person", "social"),
            step("look_it_up", "before", _("Look up when we are open"), "web", "brand"),
            step("arrive", "during", _("Arrive and look around"), "place", "brand"),
            step("be_served", "during", _("Be served"), "in_person", "brand"),
            step("tell_others", "after", _("Tell a friend how it was"), "in_person", "social"),
        ],
        "insights": [],
    }


# The command line.


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m servicedesign.journey_format",
        description=_("Check a customer journey, draw it for the wall, and export it."),
        epilog=_(
            "Begin with --new: it writes a small journey to fill in. Without further options "
            "the file is only checked. Exit status: 0 no error, 1 something to mend, "
            "2 a file that cannot be read or written."
        ),
    )
    parser.add_argument("journey", help=_("the journey, a JSON file in the format journey/1"))
    parser.add_argument("--new", action="store_true", help=_("write a new file to fill in"))
    parser.add_argument("--lint", action="store_true", help=_("check only (the default)"))
    parser.add_argument("--svg", metavar="FILE", help=_("draw the map"))
    parser.add_argument("--csv", metavar="FILE", help=_("write the touchpoints as a table"))
    parser.add_argument("--mermaid", metavar="FILE", help=_("write Mermaid's journey notation"))
    parser.add_argument(
        "--language", default="en", metavar="CODE", help=_("language of the labels (default en)")
    )
    parser.add_argument(
        "--width",
        type=int,
        default=0,
        metavar="PX",
        help=_("width of the map; below 900 it stands on its end (default: as needed)"),
    )
    parser.add_argument(
        "--plan", metavar="FILE", help=_("a planned journey: say where this one deviates")
    )
    parser.add_argument(
        "--from-csv",
        metavar="FILE",
        help=_("take the touchpoints from a table that --csv wrote and you changed"),
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 0, 1 if there is something to mend, or 2."""
    options = _parser().parse_args(arguments)
    return documents.run(lambda: _command(options))


def _command(options: argparse.Namespace) -> int:
    path = options.journey
    if options.new:
        documents.write(path, documents.dumps(starter()), fresh=True)
        return 0
    journey = documents.read(path)
    if options.from_csv and isinstance(journey, dict):
        journey["touchpoints"] = from_csv(documents.read_text(options.from_csv))
    if not documents.report(path, lint(journey)):
        return 1
    if options.from_csv:
        documents.write(path, documents.dumps(journey))
    if options.svg:
        documents.write(options.svg, to_svg(journey, options.language, options.width) + "\n")
    if options.csv:
        documents.write(options.csv, to_csv(journey))
    if options.mermaid:
        documents.write(options.mermaid, to_mermaid(journey, options.language))
    if options.plan:
        for line in deviations(load(options.plan), journey, options.language):
            print(line)
    return 0


if __name__ == "__main__":
    sys.exit(main())
