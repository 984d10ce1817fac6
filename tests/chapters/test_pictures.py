"""Every picture says in words what it shows."""

import re
from html import unescape

_IMAGE = re.compile(r"<img\b[^>]*>")
_DRAWING = re.compile(r'<svg\b[^>]*\brole="img"[^>]*>')
_ANY_DRAWING = re.compile(r"<svg\b[^>]*>")


def _named(tag: str, html: str) -> str:
    label = re.search(r'aria-label="([^"]*)"', tag)
    if label:
        return unescape(label[1])
    ids = re.search(r'aria-labelledby="([^"]*)"', tag)
    parts = ids[1].split() if ids else []
    return " ".join(
        match[1] for part in parts if (match := re.search(rf'id="{part}"[^>]*>([^<]+)<', html))
    )


def test_a_chapter_has_at_least_three_pictures(chapter):
    shown = [tag for _, html in chapter.html for tag in _DRAWING.findall(html)]
    assert len(shown) >= 3


def test_every_drawing_has_a_name_of_a_sentence_or_is_hidden_from_readers(chapter):
    for cell, html in chapter.html:
        for tag in _ANY_DRAWING.findall(html):
            if 'aria-hidden="true"' in tag:
                continue
            assert 'role="img"' in tag, f"cell {cell!r}: an svg without role img"
            assert len(_named(tag, html).split()) >= 5, f"cell {cell!r}: say what it shows"


def test_every_image_has_alt_text(chapter):
    for cell, html in chapter.html:
        for tag in _IMAGE.findall(html):
            assert re.search(r'alt="[^"]+"', tag), f"cell {cell!r}: {tag}"
    for cell, source in chapter.markdown:
        for alt in re.findall(r"!\[([^\]]*)\]\(", source):
            assert alt.strip(), f"cell {cell!r}: an image without alt text"


def test_no_picture_is_a_bitmap_without_words(chapter):
    for cell in chapter.notebook.cells:
        for output in cell.get("outputs", []):
            assert not {"image/png", "image/jpeg"} & set(output.get("data", {})), cell.id


def test_no_two_elements_of_a_chapter_share_an_id(chapter):
    ids = [name for _, html in chapter.html for name in re.findall(r'\sid="([^"]+)"', html)]
    assert len(ids) == len(set(ids))
