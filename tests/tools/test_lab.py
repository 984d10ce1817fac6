"""The lab's parts: what its lock names, where from, and files that tell when they changed."""

from __future__ import annotations

import base64
import hashlib
import json
import os
import re
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
ADDRESS = "https://example.org/wheels/"


@pytest.fixture(scope="session")
def tool():
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import lab
    finally:
        sys.path.remove(str(ROOT / "tools"))
    return lab


@pytest.fixture(scope="session")
def known(tool):
    return json.loads((tool.PYODIDE / "pyodide-lock.json").read_text("utf-8"))["packages"]


def pins(text: str) -> dict[str, str]:
    """Return version by package, from lines such as `comm==0.2.3`."""
    found = re.findall(r"^([a-z0-9_.-]+)==([^\s;\\]+)", text, re.MULTILINE)
    return {name.replace("_", "-"): version for name, version in found}


def test_the_lab_has_pyodides_own_versions_and_the_courses(known):
    course = pins((ROOT / "requirements.lock").read_text("utf-8"))
    for name, version in pins((ROOT / "lab" / "wheels.in").read_text("utf-8")).items():
        wanted = known[name]["version"] if name in known else course[name]
        assert version == wanted, name


def config(folder: Path, address: str) -> Path:
    path = folder / "_config.yml"
    path.write_text(
        f"sphinx:\n  config:\n    studybook_lab_binary_wheels: {address}\n", encoding="utf-8"
    )
    return path


def test_the_course_itself_gives_no_address(tool):
    assert tool.binary_wheels(ROOT / "_config.yml") == ""


def test_without_an_address_nothing_is_fetched_from_elsewhere(tool, known):
    assert tool.entries_elsewhere("", known, set()) == {}


def test_an_address_brings_matplotlib_and_all_it_needs_that_is_not_here(tool, known):
    entries = tool.entries_elsewhere(ADDRESS, known, {"six", "packaging"})
    assert {"matplotlib", "numpy", "kiwisolver"} <= set(entries)
    assert not {"six", "packaging"} & set(entries)
    needs = {need for entry in entries.values() for need in entry["depends"]}
    assert needs <= set(entries) | {"six", "packaging"}
    for name, entry in entries.items():
        assert entry["file_name"] == ADDRESS + known[name]["file_name"]
        assert entry["sha256"] == known[name]["sha256"]


def test_an_address_may_end_with_a_stroke_or_not(tool, tmp_path):
    assert tool.binary_wheels(config(tmp_path, ADDRESS)) == ADDRESS
    assert tool.binary_wheels(config(tmp_path, ADDRESS.rstrip("/"))) == ADDRESS


@pytest.mark.parametrize("wrong", ["wheels/", "ftp://example.org/", "https://example.org/?a=1"])
def test_what_is_no_address_stops_with_file_setting_and_remedy(tool, tmp_path, wrong):
    with pytest.raises(SystemExit) as stopped:
        tool.binary_wheels(config(tmp_path, f'"{wrong}"'))
    said = str(stopped.value)
    assert "_config.yml: studybook_lab_binary_wheels is" in said
    assert repr(wrong) in said
    assert "give the whole address of a folder" in said


def test_a_changed_file_is_new_and_an_unchanged_one_keeps_its_time(tool, tmp_path):
    made, site = tmp_path / "made", tmp_path / "site"
    for name, text in {"same.js": "1", "changed.json": "a", "gone/old.txt": "x"}.items():
        (site / name).parent.mkdir(parents=True, exist_ok=True)
        (site / name).write_text(text)
        os.utime(site / name, (1e9, 1e9))
    for name, text in {"same.js": "1", "changed.json": "b", "sub/new.js": "2"}.items():
        (made / name).parent.mkdir(parents=True, exist_ok=True)
        (made / name).write_text(text)
        os.utime(made / name, (3e8, 3e8))
    tool.mirror(made, site)
    there = {p.relative_to(site).as_posix(): p for p in site.rglob("*") if p.is_file()}
    assert {name: path.read_text() for name, path in there.items()} == {
        "same.js": "1",
        "changed.json": "b",
        "sub/new.js": "2",
    }
    assert there["same.js"].stat().st_mtime == 1e9
    assert there["changed.json"].stat().st_mtime > 1e9
    assert there["sub/new.js"].stat().st_mtime > 1e9


def test_two_wheels_of_one_project_are_refused_with_both_names(tool, tmp_path):
    names = ["ipython-9.12.0-py3-none-any.whl", "ipython-9.9.0-py3-none-any.whl"]
    other = tmp_path / "jedi-0.19.2-py2.py3-none-any.whl"
    tool.one_of_each([tmp_path / names[0], other])
    with pytest.raises(SystemExit, match=r"2 wheels of ipython: .*setup\.sh node"):
        tool.one_of_each([*(tmp_path / name for name in names), other])


PAGE = """<html><head><meta charset="utf-8"><script type="application/json">{}</script>
<script>start()</script></head></html>"""


def test_a_page_of_the_lab_runs_its_own_scripts_and_asks_its_own_host_alone(tool, tmp_path):
    (tmp_path / "index.html").write_text(PAGE, "utf-8")
    tool.guard(tmp_path)
    text = (tmp_path / "index.html").read_text("utf-8")
    assert text.index("charset") < text.index("Content-Security-Policy") < text.index("<script")
    parts = dict(part.split(" ", 1) for part in tool.policy(PAGE).split("; "))
    digest = base64.b64encode(hashlib.sha256(b"start()").digest()).decode()
    assert parts["script-src"].count("sha256-") == 1
    assert f"'sha256-{digest}'" in parts["script-src"]
    assert "unsafe-inline" not in parts["script-src"]
    assert not [sources for sources in parts.values() if "http" in sources or "*" in sources]


def test_the_owner_s_address_for_wheels_is_the_one_other_host_that_the_lab_may_ask(tool):
    parts = tool.policy(PAGE, "https://example.org/wheels/").split("; ")
    assert [part for part in parts if "example.org" in part] == [
        "connect-src 'self' data: blob: https://example.org/wheels/"
    ]


def test_a_page_without_a_place_for_its_policy_stops_the_build(tool, tmp_path):
    (tmp_path / "index.html").write_text("<script>start()</script><head></head>", "utf-8")
    with pytest.raises(SystemExit, match=r"index\.html has no place for its policy"):
        tool.guard(tmp_path)
