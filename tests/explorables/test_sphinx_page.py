"""A Sphinx site carries the runtime on pages with an explorable, and nowhere else."""

import io
import os

import pytest
from sphinx.application import Sphinx
from sphinx.errors import ExtensionError
from sphinx.util.docutils import docutils_namespace

from explorables import page
from explorables.sphinx_page import modules_in


@pytest.fixture
def build(tmp_path, micropython, monkeypatch):
    monkeypatch.setenv("EXPLORABLES_STATIC", "")  # set by the extension; put back afterwards

    def run(html, builder="html"):
        source = tmp_path / "source"
        source.mkdir(exist_ok=True)
        (source / "sub").mkdir(exist_ok=True)
        raw = "\n".join("   " + line for line in html.splitlines())
        (source / "index.rst").write_text("Start\n=====\n\n.. toctree::\n\n   sub/live\n", "utf-8")
        (source / "sub/live.rst").write_text(f"Live\n====\n\n.. raw:: html\n\n{raw}\n", "utf-8")
        with docutils_namespace():
            app = Sphinx(
                source,
                None,
                tmp_path / builder,
                tmp_path / "trees",
                builder,
                confoverrides={
                    "extensions": ["explorables.sphinx_page"],
                    "explorables_micropython": str(micropython),
                    "html_theme": "basic",
                },
                status=None,
                warning=io.StringIO(),
                warningiserror=True,
            )
            app.build()
        return tmp_path / builder

    return run


def test_only_pages_with_an_explorable_carry_it(build, walking):
    out = build(page.html(walking.walk))
    live = (out / "sub/live.html").read_text("utf-8")
    assert 'src="../_static/explorables/explorables.js?v=' in live
    assert 'data-modules="walking.walk"' in live
    assert "explorables" not in (out / "index.html").read_text("utf-8")
    folder = out / "_static/explorables"
    assert (folder / "micropython.wasm").is_file()
    assert (folder / "walking.walk.js").is_file()
    assert os.environ["EXPLORABLES_STATIC"] == "1"


def test_a_site_without_explorables_carries_nothing(build):
    out = build("<p>Nothing lives here.</p>")
    assert not (out / "_static/explorables").exists()


def test_a_figure_typed_in_a_notebook_stops_the_build(build, walking):
    html = page.html(walking.walk).replace('data-module="walking.walk" ', "")
    with pytest.raises(ExtensionError, match="sub/live: explorable 'walk' is drawn by a function"):
        build(html)


def test_a_figure_is_found_in_whatever_order_its_attributes_stand(walking):
    html = page.html(walking.walk)
    turned = html.replace('class="xp" ', "", 1).replace(
        'data-module="walking.walk"', 'data-module="walking.walk" class="xp"', 1
    )
    assert turned != html
    assert modules_in(turned) == modules_in(html) == ["walking.walk"]


def test_what_only_quotes_a_figure_is_none():
    quoted = '<code>&lt;div class="xp" data-xp="a" data-module="m"&gt;</code>'
    assert modules_in(f"<!-- <div class='xp' data-xp='a' data-module='m'> -->{quoted}") == []
