"""Fonts are cut once, and again when what they are cut from or to has changed."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest

from studybook import fonts

PACKAGES = Path(__file__).parents[2] / "node_modules" / "@fontsource-variable"
NAME = "atkinson-italic.woff2"


@pytest.fixture
def cut(tmp_path, monkeypatch):
    """Return a function that ends a build; it returns the names of the fonts it cut."""
    done = []

    def note(_source, _weight, to):
        to.parent.mkdir(parents=True, exist_ok=True)
        to.write_bytes(b"cut")
        done.append(to.name)

    monkeypatch.setattr(fonts, "_face", note)
    monkeypatch.setattr(fonts, "FACES", {NAME: fonts.FACES[NAME]})
    app = SimpleNamespace(
        builder=SimpleNamespace(format="html", name="html"),
        confdir=tmp_path,
        outdir=tmp_path / "html",
        doctreedir=tmp_path / "doctrees",
        config=SimpleNamespace(studybook_fonts="fonts"),
    )
    source = tmp_path / "fonts" / fonts.FACES[NAME][0]
    source.parent.mkdir(parents=True)
    source.write_bytes((PACKAGES / fonts.FACES[NAME][0]).read_bytes())

    def build():
        done.clear()
        fonts.write_text_fonts(app, None)
        return list(done)

    return build, source


def test_a_font_is_cut_once(cut):
    build, _ = cut
    assert build() == [NAME]
    assert build() == []


def test_a_new_sign_has_the_fonts_cut_anew(cut, monkeypatch):
    build, _ = cut
    build()
    monkeypatch.setattr(fonts, "TEXT", [*fonts.TEXT, ord("Ω")])
    assert build() == [NAME]


def test_a_new_weight_or_a_new_package_has_the_fonts_cut_anew(cut, monkeypatch):
    build, source = cut
    build()
    monkeypatch.setattr(fonts, "FACES", {NAME: (fonts.FACES[NAME][0], 500.0)})
    assert build() == [NAME]
    source.write_bytes(source.read_bytes() + b"another")
    assert build() == [NAME]
