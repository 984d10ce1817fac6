"""What a chapter prints and draws is said in words that somebody who runs a restaurant reads."""

import html
import re

import pytest

# Names of a program, by what gives them away.
TELLTALE = {
    "a name with an underscore": r"[a-z0-9]_[a-z0-9]",
    "a list or a dict as Python writes it": r"[\[\]{}]",
    "a name in a program's quotes": r"'[\w-]+'",
    "a value of Python": r"\b(True|False|nan|NaN|inf)\b|\bNone\b(?! for )",
    "a code with a colon": r"\b[a-z-]+:[a-z]",
}
# Letters and short names of methods that the main road says in words.
UNSAID = r"\b(rho|CV|SD|diff|Wq|std|idx|avg)\b"

# What the sketch of chapter 6 names, and nothing has that name: just this is its mistake.
EXEMPT = {"draft-lint-more": '"label_everything"'}
# Boxes to tick on paper look like an empty list.
TICK = re.compile(r"\[ \]")


def said(cell):
    """Yield what the outputs of a cell show to a reader, line by line."""
    for output in cell.get("outputs", []):
        shown = [output.get("text", "")]
        marked = output.get("data", {}).get("text/html", "")
        # What scripts and styles hold is no text, and a name in `code` is meant as one: the
        # list of exercises says which function is to be written.
        bare = re.sub(r"(?is)<(script|style|code)\b.*?</\1>", "", marked)
        shown.append(html.unescape(re.sub(r"<[^>]+>", "\n", bare)))
        shown += [html.unescape(label) for label in re.findall(r'aria-label="([^"]*)"', bare)]
        if not marked:
            shown.append(output.get("data", {}).get("text/plain", ""))
        for text in shown:
            meant = text.replace(EXEMPT[cell.id], "") if cell.id in EXEMPT else text
            yield from (TICK.sub("", line) for line in meant.splitlines())


@pytest.mark.parametrize("kind", TELLTALE)
def test_no_output_shows_names_of_a_program(chapter, kind):
    for cell in chapter.notebook.cells:
        for line in said(cell):
            assert not re.search(TELLTALE[kind], line), f"cell {cell.id!r} shows {kind}: {line}"


def test_what_stands_open_says_methods_in_words(chapter):
    for cell in chapter.notebook.cells:
        if "hide-cell" in cell.metadata.get("tags", []):
            continue  # folded: for those who count
        for line in said(cell):
            assert not re.search(UNSAID, line), f"cell {cell.id!r}: {line}"


def test_where_people_wait_is_called_a_line(chapter):
    # One word for one thing, as in the glossary; names in code are no words.  The field's own
    # word is told once, for whoever searches for it.
    told = [text for _, text in (*chapter.bare_markdown, *chapter.front_texts)]
    told += [line for cell in chapter.notebook.cells for line in said(cell)]
    told = [text.replace("the line, which the field calls a queue,", "the line") for text in told]
    assert [text for text in told if re.search(r"\bqueue", text, re.IGNORECASE)] == []
