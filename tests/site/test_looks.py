"""Figures look as they are kept; a change is seen, and accepted by a command."""

from __future__ import annotations

import pytest
from PIL import Image, ImageDraw, ImageFilter

from tools import looks

from .conftest import CHAPTERS

pytestmark = pytest.mark.browser


@pytest.mark.sample(1, "looks of figures by dress", kind=lambda dress: dress)
@pytest.mark.parametrize("dress", looks.DRESSES)
@pytest.mark.parametrize("page", CHAPTERS)
def test_figures_look_as_they_are_kept(browser, site, serve, page, dress, tmp_path):
    mine = [one for one in looks.figures(site) if one.page == page]
    assert mine
    changed = {}
    for subject in mine:
        picture = looks.photograph(browser, serve(site), subject, dress)
        said = looks.compare(f"{subject.name}-{dress}", picture, tmp_path)
        if said:
            changed[subject.name] = said
    assert changed == {}, f"make looks shows them ({tmp_path}); if it is meant: make looks-accept"


@pytest.fixture
def kept() -> Image.Image:
    picture = Image.new("RGB", (320, 200), "white")
    ImageDraw.Draw(picture).line((0, 0, 320, 200), "black", 3)
    return picture


def test_a_label_that_has_moved_is_a_difference(kept):
    moved = kept.copy()
    ImageDraw.Draw(moved).rectangle((40, 120, 90, 130), "black")
    share, where = looks.difference(kept, moved)
    assert share > looks.SHARE
    assert where.getbbox() == (40, 120, 91, 131)


def test_another_colour_as_light_as_the_first_is_a_difference(kept):
    warm, cold = kept.copy(), kept.copy()
    for picture, tone in ((warm, (181, 69, 27)), (cold, (29, 95, 138))):
        ImageDraw.Draw(picture).rectangle((40, 120, 60, 140), tone)
    assert looks.difference(warm, cold)[0] > looks.SHARE


def test_softer_edges_and_a_pixel_of_height_are_none(kept):
    softer = kept.filter(ImageFilter.GaussianBlur(0.4)).crop((0, 0, 320, 199))
    assert looks.difference(kept, kept)[0] == 0
    assert looks.difference(kept, softer)[0] <= looks.SHARE


def test_another_size_is_a_difference(kept):
    assert looks.difference(kept, kept.resize((320, 260)))[0] == 1


def test_the_page_of_differences_shows_before_and_after(kept, tmp_path, monkeypatch):
    monkeypatch.setattr(looks, "KEPT", tmp_path)
    assert looks.compare("walk-light", kept, tmp_path / "shown") == "is not kept yet"
    kept.save(tmp_path / "walk-light.png")
    assert looks.compare("walk-light", kept, tmp_path / "shown") is None
    said = looks.compare("walk-light", kept.resize((320, 260)), tmp_path / "shown")
    assert said == "100.0% of it has changed"
    page = looks.page_of({"walk-light": said})
    for kind in ("kept", "new", "changed"):
        assert f"walk-light-{kind}.png" in page
        assert (tmp_path / "shown" / f"walk-light-{kind}.png").is_file()


def test_the_kept_pictures_weigh_little():
    assert sum(path.stat().st_size for path in looks.KEPT.glob("*.png")) <= 1_500_000
