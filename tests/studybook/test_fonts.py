"""Fonts are cut once, and again when what they are cut from or to has changed."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace

import pytest
from fontTools.ttLib import TTFont

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
    # The other signs are cut in the same way, from a family that is not laid here.
    monkeypatch.setattr(fonts, "SIGNS", {})
    monkeypatch.setattr(fonts, "_signs", lambda _sources, _weight, to: to.write_bytes(b"cut"))
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


def test_signs_that_neither_family_draws_are_in_one_file_with_arrows_to_four_sides(tmp_path):
    to = tmp_path / "signs.woff2"
    fonts._signs([PACKAGES / path for path in fonts.SIGNS], fonts.SIGNS_WEIGHT, to)
    font = TTFont(to)
    drawn = font.getBestCmap()
    assert {chr(sign) for sign in drawn} == set("ΔΣαβγδθκλμρστ←↑→↓")
    assert {str(record) for record in font["name"].names} == {"Course Signs"}
    right, left = (font["glyf"][drawn[ord(arrow)]] for arrow in "→←")
    # Turned, and not as it was: wider than high, and the one is the other's mirror image.
    for arrow in (right, left):
        assert arrow.xMax - arrow.xMin > arrow.yMax - arrow.yMin
    ends = [{x for x, _ in arrow.getCoordinates(font["glyf"])[0]} for arrow in (right, left)]
    assert max(ends[0]) == pytest.approx(font["hmtx"][drawn[ord("→")]][0] - min(ends[1]), abs=2)
    assert to.stat().st_size < 2500
    assert sorted(file.name for file in tmp_path.iterdir()) == ["signs.woff2"]
