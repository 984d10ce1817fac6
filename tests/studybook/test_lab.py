"""The lab's page and what it tells about privacy, whole without a script."""

from __future__ import annotations

import json
import zipfile

import pytest
from sphinx.errors import ExtensionError

from studybook import lab

from .test_build import build
from .toy import cells, write_course, write_notebook

ADDRESS = "https://example.org/wheels/"
PAGE = """# The lab

```{lab}
```

## Privacy

```{lab-privacy}
```
"""


def released(root, name: str, heading: str) -> None:
    path = root / "exercises" / name
    path.parent.mkdir(parents=True)
    cell = {"cell_type": "markdown", "metadata": {}, "source": [f"# {heading}\n"]}
    notebook = {"cells": [cell], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}
    path.write_text(json.dumps(notebook), "utf-8")


@pytest.fixture(scope="module")
def sites(tmp_path_factory):
    """A course with a lab, built without and with an address for binary wheels."""
    pages = []
    more = 'studybook_package = "promise-path-people"\nexclude_patterns.append("exercises")\n'
    for address in ("", ADDRESS):
        root = tmp_path_factory.mktemp("lab")
        chapters = write_course(root)
        write_notebook(chapters / "03_value.ipynb", cells(chapters))
        released(root, "03_value/value.ipynb", "Value: exercises")
        released(root, "04_priorities/priorities.ipynb", "Priorities: exercises")
        (root / "book" / "lab.md").write_text(PAGE, "utf-8")
        done = build(root, "html", more=f"{more}studybook_lab_binary_wheels = {address!r}\n")
        assert done.returncode == 0, done.stderr
        pages.append(root / "out")
    return pages


def text(site) -> str:
    return " ".join((site / "book" / "lab.html").read_text("utf-8").split())


def test_each_exercise_has_its_two_buttons_and_there_is_one_for_all(sites):
    page = text(sites[0])
    for name in ("03_value/value.ipynb", "04_priorities/priorities.ipynb"):
        assert f'href="?notebook={name}"' in page
        assert f'href="../exercises/{name}" download' in page
    with zipfile.ZipFile(sites[0] / "exercises" / lab.ALL) as archive:
        assert archive.namelist() == ["03_value/value.ipynb", "04_priorities/priorities.ipynb"]


def test_a_chapter_that_the_book_lacks_is_not_the_way_back(sites):
    page = text(sites[0])
    assert 'data-title="Value: exercises" data-chapter="../book/chapters/03_value.html"' in page
    assert 'data-title="Priorities: exercises" data-chapter=""' in page


def test_the_package_is_named_as_its_wheel_is(sites):
    assert 'href="../wheels/promise_path_people-' in text(sites[0])
    assert lab.wheel_of("") == ""
    with pytest.raises(ExtensionError, match="names 'no-such-course', which is not installed"):
        lab.wheel_of("no-such-course")


def test_without_an_address_the_page_says_what_is_left_out(sites):
    page = text(sites[0])
    assert "Matplotlib, which draws pictures, is left out of the lab" in page
    assert "clear this site’s data" in page
    assert ADDRESS not in page


def test_with_an_address_the_page_names_it_and_who_learns_what(sites):
    page = text(sites[1])
    assert "whose owner then sees your network address" in page
    assert f'<span class="pre">{ADDRESS}</span>' in page
    assert "is left out of the lab" not in page
