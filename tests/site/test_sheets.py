"""A field task's sheet is one printed page, alone if a link led to it."""

from __future__ import annotations

import io
import re

import pytest
from pypdf import PdfReader

pytestmark = pytest.mark.browser

SHEETS = "book/fieldwork/sheets"


def printed(page):
    """Return the text of each printed page."""
    return [one.extract_text() for one in PdfReader(io.BytesIO(page.pdf(format="A4"))).pages]


def test_a_chapter_leads_to_its_sheet_and_then_that_one_alone_is_printed_on_one_page(visit):
    with visit(SHEETS) as seen:
        names = seen.page.locator(".sb-sheet-page").evaluate_all("all => all.map(one => one.id)")
        assert names
        for name in names:
            seen.page.goto(seen.page.url.partition("#")[0] + f"#{name}")
            title = seen.page.locator(f"[id='{name}'] .sb-sheet-title strong").inner_text()
            others = seen.page.locator(
                f".sb-sheet-page:not([id='{name}']) .sb-sheet-title strong"
            ).all_inner_texts()
            pages = printed(seen.page)
            assert len(pages) == 1, f"{name} takes {len(pages)} pages"
            told = " ".join(pages[0].split())
            assert title in told
            assert not [other for other in others if other in told]


def test_every_chapter_links_its_own_sheet(visit, chapter):
    with visit(chapter) as seen:
        link = seen.page.get_by_role("link", name="Print the sheet, or fill it in")
        assert link.get_attribute("href").endswith(f"sheets.html#sheet-{chapter.split('/')[-1]}")


def test_what_is_typed_into_a_sheet_is_printed_and_leaves_with_the_page(visit):
    with visit(SHEETS) as seen:
        room = seen.page.locator(".sb-room").first
        name = seen.page.locator(".sb-sheet-page").first.get_attribute("id")
        seen.page.goto(seen.page.url.partition("#")[0] + f"#{name}")
        room.fill("Two minutes at the door")
        assert "Two minutes at the door" in printed(seen.page)[0]
        seen.page.reload()
        assert room.inner_text().strip() == ""
        assert not seen.foreign


def test_all_plans_and_all_sheets_are_one_file_each_on_a_page_of_its_own(visit):
    with visit("book/teaching/paper") as seen:
        plans = seen.page.locator("h2", has_text="Plan for").all_inner_texts()
        sheets = seen.page.locator(".sb-sheet-title strong").all_inner_texts()
        pages = [" ".join(text.split()) for text in printed(seen.page)]
    assert len(plans) == len(sheets) == 11
    begins = [re.escape(plan.strip("# ")) + r"(?!\d)" for plan in plans]
    planned = [page for page in pages if any(re.search(begin, page) for begin in begins)]
    for begin in begins:
        assert len([page for page in planned if re.search(begin, page)]) == 1, begin
    assert len(planned) == len(plans), "two plans begin on one page"
    for title in sheets:
        assert len([page for page in pages if title in page and page not in planned]) == 1, title
    assert len(pages) == 1 + len(plans) + len(sheets)
