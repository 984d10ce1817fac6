"""Make the tables and drafts of the case Hillasoppi, the same ones every time.

    python teacher/make_case.py            write every table anew
    python teacher/make_case.py --check    compare with the shipped files and say what differs

The course ships the files; nothing is generated when the site is built or a
notebook is run. Learners get ``src/servicedesign/data/case/``; the frame of all
600 guests stays here, because it holds what no survey would know. The journeys
of Samir and Tuula and the blueprint are written by hand, in their own files.
"""

from __future__ import annotations

import argparse
import csv
import hashlib
import io
import json
import sys
from pathlib import Path
from typing import Any

from recipes import descriptions, drafts, guests, house_log, visits
from recipes.dice import Row, first_stream

HERE = Path(__file__).parent
SHIPPED = HERE.parent / "src" / "servicedesign" / "data" / "case"


def tables() -> dict[str, list[Row]]:
    """Return every table of the case, by name; ``frame`` is for teachers only."""
    dice = first_stream()
    frame = guests.frame(dice)  # the order of these four is part of their numbers
    queue = house_log.lunch_queue(dice)
    transactions = house_log.transactions(dice)
    employees = house_log.employees(dice)
    answers = guests.survey(frame)
    return {
        "frame": frame,
        "survey": answers,
        "beliefs": guests.beliefs(),
        "kano": guests.kano(answers),
        "touchpoints": visits.touchpoints(answers),
        "lunch_queue": queue,
        "incidents": visits.incidents(),
        "gesture_test": visits.gesture_test(),
        "employees": employees,
        "staff_pulse": house_log.staff_pulse(employees),
        "outlets": house_log.outlets(),
        "transactions": transactions,
        "lunch_card": house_log.lunch_card(),
    }


def files() -> dict[Path, str]:
    """Return the content of every file that this program answers for."""
    made: dict[Path, str] = {}
    for name, rows in tables().items():
        content = _as_csv(rows)
        if name == "frame":
            made[HERE / "frame.csv"] = content
            continue
        made[SHIPPED / f"{name}.csv"] = content
        made[SHIPPED / f"{name}.json"] = _about(name, len(rows), content)
    # The drafts are the finished stories with defects planted in them.
    samir, diet = _story("journey_samir_actual"), _story("blueprint_diet")
    made[SHIPPED / "journey_samir_draft.json"] = _as_json(drafts.journey_draft(samir))
    made[SHIPPED / "blueprint_diet_draft.json"] = _as_json(drafts.blueprint_draft(diet))
    return made


def _story(name: str) -> dict[str, Any]:
    story: dict[str, Any] = json.loads((SHIPPED / f"{name}.json").read_text(encoding="utf-8"))
    return story


def _as_json(document: dict[str, Any]) -> str:
    return json.dumps(document, indent=2, ensure_ascii=False) + "\n"


def _as_csv(rows: list[Row]) -> str:
    text = io.StringIO(newline="")
    writer = csv.DictWriter(text, list(rows[0]))
    writer.writeheader()
    writer.writerows(rows)
    return text.getvalue()


def _about(name: str, rows: int, content: str) -> str:
    words = descriptions.TABLES[name]
    about = {
        "title": words["title"],
        "real": False,
        "source": descriptions.SOURCE,
        "licence": descriptions.LICENCE,
        "chapters": words["chapters"],
        "rows": rows,
        "delimiter": ",",
        "sha256": hashlib.sha256(content.encode()).hexdigest(),
        "columns": words["columns"],
        "shows": words["shows"],
        "cannot_show": words["cannot_show"],
    }
    return json.dumps(about, indent=1, ensure_ascii=False) + "\n"


def main() -> int:
    """Write the files, or compare with them; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare only; 1 if a file differs")
    check = parser.parse_args().check
    different = []
    for path, content in files().items():
        if path.is_file() and path.read_bytes() == content.encode():
            continue
        different.append(path.name)
        if not check:
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content.encode())
    verb = "differs" if check else "written"
    print("\n".join(f"{verb}: {name}" for name in different) or "every table is as made")
    return 1 if check and different else 0


if __name__ == "__main__":
    sys.exit(main())
