"""A service blueprint as a file that joins the journey: the format blueprint/1.

    python -m servicedesign.blueprint_format --new my_blueprint.json --journey my_journey.json
    python -m servicedesign.blueprint_format my_blueprint.json --journey my_journey.json
    python -m servicedesign.blueprint_format my_blueprint.json --svg blueprint.svg

The customer's row is the journey: its items have the ids of the journey's
touchpoints.  ``schemas/blueprint-1.schema.json`` describes the format to
programs, ``book/reference/blueprint_format.md`` to people.
"""

from __future__ import annotations

import argparse
import sys
from collections.abc import Sequence
from pathlib import Path

from explorables.language import _
from servicedesign import documents
from servicedesign.blueprints import map as blueprint_map
from servicedesign.blueprints.exports import to_csv, to_mermaid
from servicedesign.blueprints.rules import FORMAT, join, lint
from servicedesign.labels import WORDS
from servicedesign.linting import Document

__all__ = [
    "from_journey",
    "join",
    "lint",
    "load",
    "main",
    "starter",
    "to_csv",
    "to_mermaid",
    "to_svg",
]


def load(path: str | Path) -> Document:
    """Return the blueprint of a file.

    Parameters
    ----------
    path : str or Path
        A file in the format blueprint/1.

    Returns
    -------
    dict
        The blueprint, in which `lint` finds no error.

    Raises
    ------
    DocumentError
        A ValueError that names every element at fault and its remedy.
    """
    return documents.load(path, lint)


def from_journey(journey: Document) -> Document:
    """Return a blueprint to fill in, its customer's row taken from a journey."""
    stages = [
        {"id": phase["id"], "label": phase.get("label", WORDS[phase["id"]])}
        for phase in journey["phases"]
    ]
    items: list[Document] = []
    for step in journey["touchpoints"]:
        item = {
            "id": step["id"],
            "stage": step["phase"],
            "layer": "customer",
            "label": step["action"],
            "owner": _("Customer"),
            "evidence": step["evidence"],
        }
        items.append(item | {key: step[key] for key in ("source", "minutes") if key in step})
    for layer, label in (
        ("evidence", _("What the customer sees or holds")),
        ("frontstage", _("What somebody does before the customer's eyes")),
        ("backstage", _("What somebody does out of sight")),
        ("support", _("The system or supplier behind it")),
    ):
        items.append(
            {
                "id": f"{layer}_1",
                "stage": "during",
                "layer": layer,
                "label": label,
                "owner": _("Whose work it is"),
                "evidence": "assumed",
            }
        )
    return {
        "format": FORMAT,
        "id": "my_blueprint",
        "title": journey["title"],
        "journey": journey["id"],
        "state": "current",
        "stages": stages,
        "items": items,
        "handoffs": [
            ["support_1", "backstage_1", _("what it passes on")],
            ["backstage_1", "frontstage_1", _("what is passed on")],
        ],
        "failure_points": [],
        "plans": [],
    }


def starter() -> Document:
    """Return a blueprint to fill in that joins the journey that ``--new`` writes."""
    from servicedesign import journey_format

    return from_journey(journey_format.starter())


def to_svg(
    blueprint: Document, language: str = "en", width: int = 0, journey: Document | None = None
) -> str:
    """Return the blueprint as the text of an SVG file; see `blueprint_map.draw`."""
    return blueprint_map.draw(blueprint, language, width, journey)


# The command line.


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="python -m servicedesign.blueprint_format",
        description=_("Check a service blueprint, draw it for the wall, and export it."),
        epilog=_(
            "Begin with --new and, if you have one, --journey: the customer's row is then taken "
            "from your journey. Without further options the file is only checked. Exit status: "
            "0 no error, 1 something to mend, 2 a file that cannot be read or written."
        ),
    )
    parser.add_argument("blueprint", help=_("the blueprint, a JSON file in the format blueprint/1"))
    parser.add_argument("--new", action="store_true", help=_("write a new file to fill in"))
    parser.add_argument("--lint", action="store_true", help=_("check only (the default)"))
    parser.add_argument(
        "--journey",
        metavar="FILE",
        help=_("the journey it joins: its steps are compared with the customer's row"),
    )
    parser.add_argument("--svg", metavar="FILE", help=_("draw the blueprint"))
    parser.add_argument("--csv", metavar="FILE", help=_("write the items as a table"))
    parser.add_argument("--mermaid", metavar="FILE", help=_("write a Mermaid flowchart"))
    parser.add_argument(
        "--language", default="en", metavar="CODE", help=_("language of the labels (default en)")
    )
    parser.add_argument(
        "--width",
        type=int,
        default=0,
        metavar="PX",
        help=_("width of the drawing; below 860 it runs stage by stage (default: as needed)"),
    )
    return parser


def main(arguments: Sequence[str] | None = None) -> int:
    """Run the command line; return 0, 1 if there is something to mend, or 2."""
    options = _parser().parse_args(arguments)
    return documents.run(lambda: _command(options))


def _command(options: argparse.Namespace) -> int:
    from servicedesign import journey_format

    path = options.blueprint
    journey = journey_format.load(options.journey) if options.journey else None
    if options.new:
        fresh = from_journey(journey) if journey else starter()
        documents.write(path, documents.dumps(fresh), fresh=True)
        return 0
    blueprint = documents.read(path)
    findings = lint(blueprint)
    if journey and all(finding.level != "error" for finding in findings):
        findings += join(blueprint, journey)
    if not documents.report(path, findings):
        return 1
    if options.svg:
        drawing = to_svg(blueprint, options.language, options.width, journey)
        documents.write(options.svg, drawing + "\n")
    if options.csv:
        documents.write(options.csv, to_csv(blueprint))
    if options.mermaid:
        documents.write(options.mermaid, to_mermaid(blueprint, options.language))
    return 0


if __name__ == "__main__":
    sys.exit(main())
