"""Nothing a student wrote may run where it is shown, and nothing of it may be lost."""

import base64
import re
import time
from collections.abc import Iterator
from html.parser import HTMLParser
from pathlib import Path
from xml.etree import ElementTree as ET

import nbformat
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from matplotlib.figure import Figure
from nbconvert.filters.markdown_mistune import markdown2html_mistune
from nbformat import v4, validate

from classroom.safe_markup import LONGEST_MARKDOWN, picture, safe_html, safe_markdown
from classroom.sanitise import METADATA, concerns, safe_notebook

HARMLESS_TAGS = {
    *("a", "b", "blockquote", "br", "code", "dd", "del", "details", "div", "dl", "dt", "em", "hr"),
    *("h1", "h2", "h3", "h4", "h5", "h6", "i", "img", "input", "li", "ol", "p", "pre", "span"),
    *("strong", "summary", "table", "tbody", "td", "th", "thead", "tr", "ul"),
}

HARMLESS_MARKDOWN = [
    "Plain words, *stressed* and **strong**, with a [link](https://example.org/a?b=c).",
    "# Title\n\n- [ ] a\n- [x] b\n\n| a | b |\n|---|---|\n| 1 | 2 |\n",
    "```python\nprint('<script>')\n```\n\nand `inline <b>`",
    "$x<y$ and \\begin{align}a&<b\\end{align} and $$\\frac{1}{2}$$",
    "<details><summary>More</summary>words</details>",
    '<img src="plot.png" alt="A plot" width="300">',
    "A comment <!-- mark scheme below --> in the text.",
    "a < b and b > c, 3<4",
    "[here](#scene) and <https://example.org>",
    "$\\href{https://example.org}{a link in a formula}$",
    "`````\n````\n<script>\n",
]

ACTIVE_MARKDOWN = [
    "<script>alert(1)</script>",
    "<SCRIPT SRC=//x></SCRIPT>",
    "<img src=x onerror=alert(1)>",
    '<img src="x.png" onerror="alert(1)">',
    '<p style="position:fixed;top:0">over the marks</p>',
    '<p style="background-color:url(https://a.example)">fetches</p>',
    "[x](javascript:alert(1))",
    "[x](JaVaScRiPt:alert(1))",
    "[x](java&#x73;cript:alert(1))",
    "[x](data:text/html;base64,PHNjcmlwdD4=)",
    "[open my page](evil.html)",
    "[up](../../evil.png)",
    "![x](https://tracker.example/seen.png)",
    "![x](attachment:missing.png)",
    "<!--><script>alert(1)</script><!---->",
    "<!-- --!><script>alert(1)</script> -->",
    "```mermaid\n</pre><script>alert(1)</script>\n```",
    "<iframe srcdoc='<script>alert(1)</script>'></iframe>",
    "<svg onload=alert(1)>",
    "<svg><style><img src=x onerror=alert(1)></style></svg>",
    "<math><mi xlink:href='javascript:alert(1)'>x</mi></math>",
    "<form action='https://a.example'><input name=score></form>",
    "<base href='https://a.example/'>",
    "<meta http-equiv=refresh content='0;url=https://a.example'>",
    "<div id='test_value'>stands in for the score box</div>",
    "<noscript><p title='</noscript><img src=x onerror=alert(1)>'></noscript>",
    "$\\href{javascript:alert(1)}{x}$",
    "````\n<script>\n```\n</script>\n````\n<script>alert(1)</script>",
]


class Judge(HTMLParser):
    """A second opinion, by another parser: collects whatever could run, fetch or mislead."""

    def __init__(self) -> None:
        super().__init__()
        self.found: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        if tag not in HARMLESS_TAGS:
            self.found.append(tag)
        for name, value in attrs:
            address = "".join((value or "").split()).lower()
            if name.startswith("on") or name in {"srcdoc", "action", "formaction", "srcset"}:
                self.found.append(name)
            if name == "href" and not address.startswith(("https://", "#", "mailto:", "http://")):
                self.found.append(f"{name}={value}")
            if name == "src" and address != "x" and not address.startswith("data:image/"):
                self.found.append(f"{name}={value}")

    def handle_comment(self, data: str) -> None:
        if ">" in data or "<" in data:
            self.found.append("a comment that parsers end at different places")

    def handle_decl(self, decl: str) -> None:
        self.found.append(decl)

    unknown_decl = handle_decl
    handle_pi = handle_decl


def active_parts(page: str) -> list[str]:
    judge = Judge()
    judge.feed(page)
    judge.close()
    return judge.found


@pytest.mark.parametrize("source", HARMLESS_MARKDOWN)
def test_harmless_markdown_stays_letter_for_letter(source: str) -> None:
    assert safe_markdown(source) == source


@pytest.mark.parametrize("source", ACTIVE_MARKDOWN)
def test_active_markdown_is_shown_not_run(source: str) -> None:
    shown = safe_markdown(source)
    assert shown != source
    assert active_parts(markdown2html_mistune(shown)) == []


@pytest.mark.parametrize("source", ACTIVE_MARKDOWN)
def test_the_students_own_text_is_kept_beside_what_is_shown(source: str) -> None:
    notebook = v4.new_notebook(cells=[v4.new_markdown_cell(source)])
    once = safe_notebook(notebook)
    twice = safe_notebook(once)
    assert once.cells[0].metadata[METADATA]["source"] == source
    assert twice == once
    assert notebook.cells[0].source == source


@settings(derandomize=True, max_examples=300, deadline=None)
@given(
    st.lists(
        st.sampled_from(
            ["<", ">", "</", "<!--", "-->", "--!>", "<script>", "</script>", "<b>", "</b>", "`"]
            + ["```", "~~~", "\n", "\n\n", " ", '"', "'", "onerror=alert(1)", "<img src=x ", "x"]
            + [
                "[x](",
                "javascript:alert(1)",
                ")",
                "<svg",
                "/>",
                "$",
                "\\",
                "&lt;",
                "    ",
                "=",
                "|",
            ]
        ),
        max_size=14,
    ).map("".join)
)
def test_no_pile_of_fragments_renders_to_anything_active(source: str) -> None:
    assert active_parts(markdown2html_mistune(safe_markdown(source))) == []


@pytest.mark.parametrize(
    "source",
    [
        "<script>alert(1)</script>",
        "<b onclick=alert(1)>x</b>",
        "<a href=' javascript:alert(1)'>x</a>",
        "<a href='evil.html'>x</a>",
        "<img src='https://tracker.example/x.png'>",
        "<img src='data:text/html;base64,PHNjcmlwdD4='>",
        "<iframe src='https://a.example'></iframe>",
        "<svg/onload=alert(1)>",
        "<math><mtext></mtext><mglyph><style></math><img src onerror=alert(1)>",
        "<object data='x.swf'></object><embed src='x'>",
        "<style>#score {display: none}</style>",
        "<input id='test_value' class='score' value='99'>",
    ],
)
def test_nothing_active_is_left_in_an_output(source: str) -> None:
    cleaned = safe_html(source).lower()
    for trace in ("script", "onclick", "onerror", "onload", "iframe", "evil", "tracker", "<svg"):
        assert trace not in cleaned
    for trace in ("<style", "<input", "<object", "<embed", "text/html"):
        assert trace not in cleaned


def test_a_link_written_in_tex_becomes_text() -> None:
    cleaned = safe_html("<p>$\\href{javascript:alert(1)}{x}$ $\\href{https://example.org}{y}$</p>")
    assert cleaned == ("<p>$\\text{javascript:alert(1)}{x}$ $\\href{https://example.org}{y}$</p>")


def test_a_table_keeps_its_cells_and_alignment() -> None:
    table = (
        '<table border="1" class="dataframe"><tr style="text-align: right;"><td>5</td></tr></table>'
    )
    cleaned = safe_html(table)
    assert 'class="dataframe"' in cleaned
    assert 'style="text-align: right;"' in cleaned
    assert "<td>5</td>" in cleaned


def test_svg_becomes_a_picture_in_which_no_script_is_left() -> None:
    svg = (
        '<svg xmlns="http://www.w3.org/2000/svg" onload="alert(1)"><title>Lunch queue</title>'
        '<script>alert(2)</script><circle r="3"/></svg>'
    )
    cleaned = safe_html(f"<p>{svg}</p>")
    assert 'alt="Lunch queue"' in cleaned
    data = base64.b64decode(cleaned.split("base64,")[1].split('"')[0]).decode()
    assert "<circle" in data
    assert "alert" not in data


def test_figures_tables_and_text_of_an_executed_notebook_still_display() -> None:
    pixel = base64.b64encode(b"\x89PNG").decode()
    cell = v4.new_code_cell(
        "plot()",
        outputs=[
            v4.new_output(
                "display_data", {"image/png": pixel}, metadata={"image/png": {"width": 3}}
            ),
            v4.new_output("display_data", {"image/svg+xml": "<svg><circle r='1'/></svg>"}),
            v4.new_output("execute_result", {"text/plain": "5", "text/html": "<b>5</b>"}),
            v4.new_output("stream", text="<script> is only text here"),
        ],
    )
    safe = safe_notebook(v4.new_notebook(cells=[cell]))
    validate(safe)
    pictures = safe.cells[0].outputs
    assert pictures[0].data["image/png"] == pixel
    assert pictures[0].metadata["image/png"] == {"width": 3}
    assert "data:image/svg+xml" in pictures[1].data["text/html"]
    assert pictures[2].data == {"text/plain": "5", "text/html": "<b>5</b>"}
    assert concerns(safe) == []


def test_what_a_live_figure_tells_a_page_is_left_out_and_nobody_is_told_of_it() -> None:
    facts = {"version": 1, "kind": "figure", "id": "a", "module": "m"}
    data = {"application/vnd.course+json": facts, "text/html": "<b>5</b>", "text/plain": "5"}
    notebook = v4.new_notebook(
        cells=[v4.new_code_cell("a", outputs=[v4.new_output("display_data", data)])]
    )
    safe = safe_notebook(notebook)
    assert safe.cells[0].outputs[0].data == {"text/html": "<b>5</b>", "text/plain": "5"}
    assert concerns(safe) == []


def test_scripts_widgets_and_injected_widths_are_taken_out_of_outputs() -> None:
    cell = v4.new_code_cell(
        "cheat()",
        outputs=[
            v4.new_output("display_data", {"application/javascript": "alert(1)"}),
            v4.new_output(
                "display_data",
                {"application/vnd.jupyter.widget-view+json": {"model_id": "m"}, "text/plain": "w"},
            ),
            v4.new_output(
                "display_data",
                {"image/png": "AAAA"},
                metadata={"image/png": {"width": "1 onerror=alert(1)"}, "filenames": {}},
            ),
            v4.new_output("display_data", {"image/png": '"><script>alert(1)</script>'}),
            v4.new_output("display_data", {"text/vnd.mermaid": "</pre><script>"}),
        ],
    )
    notebook = v4.new_notebook(cells=[cell])
    notebook.metadata["widgets"] = {"application/vnd.jupyter.widget-state+json": {"state": {}}}
    safe = safe_notebook(notebook)
    validate(safe)
    assert "widgets" not in safe.metadata
    assert "script" not in str([out.data for out in safe.cells[0].outputs]).replace(
        "application/javascript", ""
    )
    assert safe.cells[0].outputs[1].data == {"text/plain": "w"}
    assert safe.cells[0].outputs[2].metadata == {"image/png": {}}
    assert "application/javascript" in concerns(safe)[0]


def test_a_raw_cell_is_shown_as_text() -> None:
    notebook = v4.new_notebook(cells=[v4.new_raw_cell("<script>alert(1)</script>")])
    safe = safe_notebook(notebook)
    assert safe.cells[0].source == "&lt;script&gt;alert(1)&lt;/script&gt;"
    assert safe_notebook(safe) == safe


def test_attached_pictures_stay_and_other_attachments_go() -> None:
    cell = v4.new_markdown_cell("![a](attachment:a.png)")
    cell.attachments = {
        "a.png": {"image/png": "AAAA", "text/html": "PHNjcmlwdD4="},
        "b.png": {"image/png": '"><script>'},
    }
    safe = safe_notebook(v4.new_notebook(cells=[cell])).cells[0]
    assert safe.source == cell.source
    assert safe.attachments == {"a.png": {"image/png": "AAAA"}}


# Each took a parser or a pattern minutes, as a text of one million characters.
SLOW = ["<", "<svg", "<pre>", "<div>", "<!--", "\\begin{a}", "![](", "[", "<http://a", "|a", "*a_"]


def test_no_text_keeps_the_grader_busy() -> None:
    texts = [part * (300_000 // len(part)) for part in SLOW]
    kinds = ("text/html", "text/markdown", "text/latex", "image/svg+xml")
    outputs = [v4.new_output("display_data", {kind: text}) for text in texts for kind in kinds]
    notebook = v4.new_notebook(
        cells=[
            *(v4.new_markdown_cell(text[:LONGEST_MARKDOWN]) for text in texts),
            *(v4.new_markdown_cell(text) for text in texts),
            v4.new_code_cell("show()", outputs=outputs),
        ]
    )
    begun = time.thread_time()
    safe = safe_notebook(notebook)
    assert time.thread_time() - begun < 10
    validate(safe)


def test_what_is_not_examined_in_time_is_shown_as_text(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("classroom.sanitise.PATIENCE", -1.0)
    data = {"text/html": "<script>alert(1)</script>", "text/plain": "5"}
    notebook = v4.new_notebook(
        cells=[
            v4.new_markdown_cell("<script>alert(1)</script>"),
            v4.new_code_cell("show()", outputs=[v4.new_output("display_data", data)]),
        ]
    )
    safe = safe_notebook(notebook)
    assert active_parts(markdown2html_mistune(safe.cells[0].source)) == []
    assert safe.cells[1].outputs[0].data == {"text/plain": "5"}
    assert "too long to examine" in concerns(safe)[1]


def test_a_text_too_long_to_render_is_shown_as_it_was_written() -> None:
    source = "<script>alert(1)</script> my answer\n```\nand code\n" * 2000
    shown = safe_markdown(source)
    assert source in shown
    assert active_parts(markdown2html_mistune(shown)) == []
    assert safe_markdown(shown) == shown
    picture = "![a](data:image/png;base64," + "A" * 100_000 + ")"
    assert safe_markdown(picture) == picture


def test_what_only_looks_like_text_shown_as_source_is_shown_as_source_once_more() -> None:
    shown = safe_markdown("words " * LONGEST_MARKDOWN)
    broken_out = shown + "<script>alert(1)</script>\n```\n"
    assert active_parts(markdown2html_mistune(safe_markdown(broken_out))) == []


def test_pictures_stand_where_they_stood_and_a_start_without_an_end_is_no_picture() -> None:
    svg = '<svg xmlns="http://www.w3.org/2000/svg"><circle r="3"/></svg>'
    cleaned = safe_html(f"<p>a</p>{svg}<p>b</p>{svg}<p>c</p><svg><p>d</p>")
    assert cleaned.count("<img") == 2
    assert re.sub(r"<img[^>]*>", "*", cleaned).startswith("<p>a</p>*<p>b</p>*<p>c</p>")


def test_svg_nested_without_end_costs_only_itself() -> None:
    deep = "<svg onload='alert(1)'>" + "<g>" * 20_000 + "</g>" * 20_000 + "</svg>"
    assert "not well-formed" in safe_html(f"<p>text</p>{deep}")


def test_a_figure_that_matplotlib_saved_as_svg_is_shown(tmp_path: Path) -> None:
    figure = Figure()
    axes = figure.subplots()
    axes.plot([1, 2])
    axes.set_title("vänta < 5")
    figure.savefig(tmp_path / "figure.svg")
    drawn = (tmp_path / "figure.svg").read_text(encoding="utf-8")
    assert drawn.startswith("<?xml")
    output = v4.new_output("display_data", {"image/svg+xml": drawn})
    safe = safe_notebook(v4.new_notebook(cells=[v4.new_code_cell("plot()", outputs=[output])]))
    shown = safe.cells[0].outputs[0].data["text/html"]
    found = re.search('src="data:image/svg[+]xml;base64,([^"]+)"', shown)
    assert found is not None
    root = ET.fromstring(base64.b64decode(found[1]))
    assert root.tag == "{http://www.w3.org/2000/svg}svg"
    assert concerns(safe) == []


@pytest.mark.parametrize(
    "drawn",
    [
        '<svg viewBox="0 0 1 1"><path d="M0 0"/></svg>',
        "<!-- made by hand > --><svg height='1'><title>a &gt; b</title></svg>",
        '<svg><use xlink:href="#a"/></svg>',
        '<?xml version="1.0" encoding="ISO-8859-1"?><svg><title>ä</title></svg>',
        '<s:svg xmlns:s="http://www.w3.org/2000/svg"><s:path d="M0 0"/></s:svg>',
    ],
)
def test_a_picture_is_shown_whatever_stands_before_its_first_tag_or_lacks_in_it(
    drawn: str,
) -> None:
    assert "data:image/svg+xml;base64," in picture(drawn)


def test_a_picture_that_cannot_be_read_is_told() -> None:
    broken = v4.new_output("display_data", {"image/svg+xml": "<svg><path></svg>"})
    inside = v4.new_output("display_data", {"text/html": "<p><svg><path></svg></p>"})
    for output in (broken, inside):
        notebook = v4.new_notebook(cells=[v4.new_code_cell("plot()", outputs=[output])])
        notebook.cells[0]["id"] = "plot"
        told = concerns(safe_notebook(notebook))
        assert told == ["plot: a picture that cannot be read neutralised"]


def _texts_of_the_course() -> Iterator[tuple[str, str]]:
    for path in sorted((Path(__file__).parents[2] / "exercises").glob("*/*.ipynb")):
        for cell in nbformat.read(path, as_version=4).cells:
            if cell.cell_type == "markdown":
                yield f"{path.stem}:{cell.id}", cell.source


def test_every_text_of_the_courses_own_exercises_is_shown_as_it_was_written() -> None:
    texts = dict(_texts_of_the_course())
    assert len(texts) > 50
    assert [name for name, text in texts.items() if safe_markdown(text) != text] == []


@pytest.mark.parametrize(
    "heading",
    [
        "## Task 1 (core, 15 minutes)",
        "# Why us?",
        "## [a] {b} 'c' \"d\" / \\ * + ; = ! # $ ~",
        "### A & B",
        "# Lupaus: ”täällä on helppoa” – (testi)…",
        "## 5 < 7 > 3",
        "# a\u00a0b",
        "# \u5cf6\u306e (1)",
        "## " + "a long heading " * 40,
    ],
)
def test_a_heading_may_hold_any_character(heading: str) -> None:
    assert safe_markdown(heading) == heading


def test_an_id_cannot_leave_its_quotes_and_is_kept_by_headings_alone() -> None:
    assert 'id="a(b)?"' in safe_html('<h2 id="a(b)?">x</h2>')
    assert "id=" not in safe_html('<p id="a">x</p>')
    assert safe_html("<h2 id='a\"onclick=\"b'>x</h2>") == "<h2>x</h2>"
