"""Write the data dictionary, ``book/reference/data.md``, from the descriptions beside the tables.

python teacher/data_page.py            write the page
python teacher/data_page.py --check    compare only; status 1 if it differs
"""

from __future__ import annotations

import argparse
import sys
from pathlib import Path
from typing import Any

from servicedesign import datasets
from servicedesign.labels import say

PAGE = Path(__file__).parent.parent / "book" / "reference" / "data.md"

HEAD = """\
# Data

<!-- Written by teacher/data_page.py from the descriptions beside the tables. -->

Every table of the course, what its columns mean, and what it can and cannot show.
`datasets.load("survey")` returns a table as a list of dicts.
`datasets.describe("survey")` returns what stands here.

```python
from servicedesign import datasets
from servicedesign.labels import say

rows = datasets.load("survey")
```
"""

INVENTED = """
## Invented: the case Hillasoppi

Hillasoppi, the lunch restaurant of this course, is fictional, and so is everyone in it.
Nobody was asked, timed or watched.
These tables were made for teaching, with lessons hidden in them.
"""

# What is said of a document that has no state of its own.
DONE = {"test_card/1": "tried", "metric_card/1": "counted", "decision/1": "decided"}

REAL = """
## Real: counts from published studies

These people lived, as far as the studies can be trusted; where there is a doubt, the table says so.
The tables are small because counts are facts that may be shared; the studies tell the rest.
"""

STORIES = """
## Invented: journeys and blueprints

`datasets.document("journey_tuula_actual")` returns one of these as a dict.
See the [journey format](journey_format.md) and the [blueprint format](blueprint_format.md).
A draft has mistakes in it, for a linter to find.

| document | title | state |
|---|---|---|
"""


def page() -> str:
    """Return the whole page."""
    about = {name: datasets.describe(name) for name in datasets.names()}
    parts = [HEAD, INVENTED]
    parts += [section(name, told) for name, told in about.items() if not told["real"]]
    parts.append(STORIES)
    for name in datasets.documents():
        story = datasets.document(name)
        parts.append(f"| `{name}` | {say(story['title'])} | {state_of(story)} |\n")
    parts.append(REAL)
    parts += [section(name, told) for name, told in about.items() if told["real"]]
    return "".join(parts)


def state_of(story: dict[str, Any]) -> str:
    """Return the state of a document; a form to fill in has a decision without a day."""
    if story["format"] == "decision/1" and not story["date"]:
        return "to fill in"
    return str(story.get("state") or DONE[story["format"]])


def section(name: str, about: dict[str, Any]) -> str:
    """Return what the page says of one table."""
    lines = [f"\n### {about['title']}\n", f"`{name}`, {about['rows']:,} rows"]
    if about.get("chapters"):
        lines[-1] += ", chapter " + " and ".join(
            filter(None, [", ".join(map(str, about["chapters"][:-1])), str(about["chapters"][-1])])
        )
    lines[-1] += ".\n"
    if about["real"]:
        lines += [f"*Source:* {about['source']}.", f"*Rights:* {about['licence']}.\n"]
    lines += [f"*It shows:* {about['shows']}", f"*It cannot show:* {about['cannot_show']}\n"]
    lines += ["| column | meaning | unit or values |", "|---|---|---|"]
    for column in about["columns"]:
        values = ", ".join(column["values"]) if "values" in column else column["unit"]
        lines.append(f"| `{column['name']}` | {column['meaning']} | {values} |")
    return "\n".join(lines) + "\n"


def main() -> int:
    """Write the page, or compare; return the exit status."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--check", action="store_true", help="compare only; 1 if it differs")
    if parser.parse_args().check:
        return 0 if PAGE.is_file() and PAGE.read_text(encoding="utf-8") == page() else 1
    PAGE.write_text(page(), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
