"""The drafts hold exactly the defects that the teacher's list names."""

import runpy
from pathlib import Path

import pytest

from servicedesign import blueprint_format, datasets, journey_format

ROOT = Path(__file__).parents[2]
DRAFTS = runpy.run_path(str(ROOT / "teacher" / "recipes" / "drafts.py"))
README = (ROOT / "teacher" / "README.md").read_text(encoding="utf-8")


@pytest.mark.parametrize(
    ("name", "lint", "defects"),
    [
        ("journey_samir_draft", journey_format.lint, DRAFTS["JOURNEY_DEFECTS"]),
        ("blueprint_diet_draft", blueprint_format.lint, DRAFTS["BLUEPRINT_DEFECTS"]),
    ],
)
def test_the_linter_finds_the_planted_defects_and_no_others(name, lint, defects) -> None:
    findings = lint(datasets.document(name))
    assert sorted(finding.code for finding in findings) == sorted(code for code, _, _ in defects)
    for code, where, about in defects:
        (finding,) = [finding for finding in findings if finding.code == code]
        for word in where.replace("hand-off to ", "").split():
            assert word in finding.element + finding.message
        assert f"| `{code}` | {where or 'the whole'} | {about} |" in README


def test_the_teachers_page_names_every_table_of_the_case() -> None:
    case = [name for name in datasets.names() if not datasets.describe(name)["real"]]
    for name in [*case, *datasets.documents()]:
        assert f"`{name}`" in README
