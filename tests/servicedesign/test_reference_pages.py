"""The pages on data and formats say what the files say."""

import json
import re
import subprocess
import sys
from pathlib import Path

import pytest

from servicedesign import blueprint_format, datasets, journey_format

from .documents_kit import errors, validator

ROOT = Path(__file__).parents[2]
REFERENCE = ROOT / "book" / "reference"


def text(name: str) -> str:
    return (REFERENCE / name).read_text(encoding="utf-8")


def examples(page: str) -> list[dict]:
    return [json.loads(code) for code in re.findall(r"```json\n(.*?)```", text(page), re.DOTALL)]


def test_the_data_dictionary_is_the_one_beside_the_tables() -> None:
    script = ROOT / "teacher" / "data_page.py"
    done = subprocess.run(
        [sys.executable, str(script), "--check"], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr or "run python teacher/data_page.py"
    for name in datasets.names() + datasets.documents():
        assert f"`{name}`" in text("data.md")


@pytest.mark.parametrize(
    ("page", "schema", "parts"),
    [
        ("journey_format.md", "journey-1", [None, "touchpoint"]),
        ("blueprint_format.md", "blueprint-1", [None, "item"]),
    ],
)
def test_the_tables_of_keys_are_those_of_the_schema(page, schema, parts) -> None:
    whole = validator(schema).schema
    for name in parts:
        part = whole["$defs"][name] if name else whole
        rows = [
            f"| `{key}` | {'yes' if key in part['required'] else ''} | {value['description']} |"
            for key, value in part["properties"].items()
        ]
        assert "\n".join(rows) in text(page)


def test_the_smallest_journey_is_sound_and_can_be_drawn() -> None:
    (journey,) = examples("journey_format.md")
    assert journey_format.lint(journey) == []
    assert "</svg>" in journey_format.to_svg(journey, "fi")


def test_the_parts_of_a_blueprint_are_sound_in_their_place() -> None:
    (parts,) = examples("blueprint_format.md")
    whole = datasets.document("blueprint_diet")
    for key, entries in parts.items():
        names = [entry[:2] if isinstance(entry, list) else entry["id"] for entry in entries]
        whole[key] = [
            entry
            for entry in whole[key]
            if (entry[:2] if isinstance(entry, list) else entry["id"]) not in names
        ] + entries
    assert not errors(blueprint_format.lint(whole))


def test_the_pictures_are_drawn_from_the_case() -> None:
    tuula = datasets.document("journey_tuula_actual")
    diet = datasets.document("blueprint_diet")
    assert text("journey_tuula.svg") == journey_format.to_svg(tuula) + "\n"
    assert text("blueprint_diet.svg") == blueprint_format.to_svg(diet, journey=tuula) + "\n"


@pytest.mark.parametrize("page", ["journey_format.md", "blueprint_format.md"])
def test_the_commands_on_the_page_exist(page) -> None:
    module = journey_format if page.startswith("journey") else blueprint_format
    flags = set(re.findall(r"--[a-z][a-z-]+", text(page)))
    known = subprocess.run(
        [sys.executable, "-m", module.__name__, "--help"],
        capture_output=True,
        text=True,
        check=True,
    ).stdout
    assert flags
    assert {flag for flag in flags if flag not in known} == set()
