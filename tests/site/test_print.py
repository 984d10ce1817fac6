"""A printed page holds what is folded on the screen, and none of the machinery."""

from __future__ import annotations

import io

import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.browser

# A printed formula is extracted letter by letter, so look for words between formulas.
FIRST_WORDS = """(model) => {
  const walker = document.createTreeWalker(model, NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const words = walker.currentNode.data.trim().split(/\\s+/);
    if (words.length >= 4 && !walker.currentNode.parentElement.closest("math, summary"))
      return words.slice(0, 4);
  }
}"""


@pytest.mark.sample(3, "printed chapters")
def test_a_printed_chapter_holds_the_models_and_no_buttons(visit, chapter):
    with visit(chapter) as seen:
        words = seen.page.locator("details.sb-model").first.evaluate(FIRST_WORDS)
        pdf = seen.page.pdf(format="A4")
        title = seen.page.title().partition(" — ")[0]
    pages = [page.extract_text() for page in PdfReader(io.BytesIO(pdf)).pages]
    text = " ".join(pages)
    assert title in " ".join(pages[0].split())
    assert title in " ".join(pages[1].split()), "a running head"
    assert " ".join(words) in " ".join(text.split())
    assert "Your text" not in text
    assert "On this page" not in text
