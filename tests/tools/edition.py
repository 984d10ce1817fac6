"""Write what another edition shows, as JSON: every live figure, a site of one, a check's words.

Run in an interpreter of its own, because labels are looked up when modules are loaded.
"""

from __future__ import annotations

import importlib
import json
import pkgutil
import sys
from pathlib import Path

import practice
from explorables import assets, page
from explorables.explorable import BY_ID
from servicedesign import live
from servicedesign.exercises.value import HINTS, MISTAKES
from studybook import Chapter

ONE = "servicedesign.live.value"

if __name__ == "__main__":
    site, micropython, chapter = (Path(given) for given in sys.argv[1:])
    for module in pkgutil.iter_modules(live.__path__):
        importlib.import_module(f"{live.__name__}.{module.name}")
    assets.write(site / "explorables", [ONE], micropython)
    (site / "index.html").write_text(
        '<!doctype html><html lang="fi"><head><meta charset="utf-8"/><title>T</title>'
        f"{assets.head([ONE], 'explorables', micropython)}</head>"
        f"<body>{page.html(BY_ID['three-ways'])}</body></html>",
        "utf-8",
    )
    _, check = practice.begin(HINTS, MISTAKES, library="servicedesign")

    def rank_by_value(offers: list[dict[str, object]], method: str, time_value: float) -> list[str]:
        """Rank them wrongly: in the order in which they came."""
        return [str(offer["name"]) for offer in offers]

    lunches = [
        {"name": name, "benefit": benefit, "price": 5.0, "minutes": 0, "hassle": 0.0}
        for name, benefit in (("A", 6.0), ("B", 9.0))
    ]
    try:
        check(rank_by_value, lunches, "difference", 12.0).returns(["B", "A"])
        said = ""
    except practice.CheckFailed as failed:
        said = str(failed)
    told = Chapter(chapter)
    pieces = [told.opening(), told.quiz(), told.claims(), told.key_points(), told.sheet()]
    print(
        json.dumps(
            {
                "figures": {key: page.html(each) for key, each in BY_ID.items()},
                "said": said,
                "pieces": [piece.html for piece in pieces],
            }
        )
    )
