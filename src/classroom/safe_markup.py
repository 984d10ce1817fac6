"""HTML, SVG and Markdown of any origin made safe to show; ``sanitise`` does so for a notebook."""

import base64
import html
import re
from collections.abc import Callable, Mapping
from functools import lru_cache
from typing import Any
from urllib.parse import unquote
from xml.etree import ElementTree as ET

import nh3
from nbconvert.filters.markdown_mistune import IPythonRenderer, MarkdownWithMath

TEXT_TAGS = frozenset(
    re.findall(
        r"\w+",
        """
    a abbr b blockquote br caption cite code col colgroup dd del details div dl dt em
    figcaption figure h1 h2 h3 h4 h5 h6 hr i img ins kbd li mark ol p pre q s samp small
    span strike strong sub summary sup table tbody td tfoot th thead tr tt u ul var
    """,
    )
)
ATTRIBUTES: dict[str, set[str]] = {
    "*": {"align", "class", "dir", "id", "lang", "style", "title", "valign"},
    "a": {"href"},
    "col": {"span", "width"},
    "colgroup": {"span"},
    "details": {"open"},
    "img": {"alt", "height", "src", "width"},
    "ol": {"start"},
    "table": {"border", "cellpadding", "cellspacing", "width"},
    "td": {"colspan", "headers", "rowspan", "width"},
    "th": {"colspan", "headers", "rowspan", "scope", "width"},
}
BARE = ATTRIBUTES | {"*": ATTRIBUTES["*"] - {"id", "style"}}
# Elements whose text is a program or another document, never prose.
DROPPED_WITH_CONTENT = frozenset(
    re.findall(
        r"\w+",
        """
    applet embed frame frameset iframe math noembed noframes noscript object script style
    svg template textarea title xmp
    """,
    )
)
# nbconvert's own: highlighted code, heading anchors; pandas: tables.
SAFE_CLASS = re.compile(
    r"highlight|hll|anchor-link|dataframe|language-[\w+#-]+|[a-z]{1,2}[0-9a-z]?"
)
SAFE_STYLE = re.compile(
    r"(?:background-color|border(?:-(?:collapse|color|spacing|style|width|left|right|top|bottom))?|"
    r"color|display|font-(?:family|size|style|variant|weight)|(?:max-|min-)?(?:height|width)|"
    r"line-height|(?:margin|padding)(?:-(?:left|right|top|bottom))?|text-(?:align|decoration)|"
    r"vertical-align|white-space)\s*:(?![^;]*[\s:]-)[\w\s#%.,()-]*",
    re.IGNORECASE,
)
SAFE_IMAGE_DATA = re.compile(
    r"data:image/(?:png|jpeg|gif|webp|svg\+xml);base64,[A-Za-z0-9+/=\s]+", re.ASCII
)
SAFE_FILE = re.compile(
    r"(?![/\\])(?!.*\.\.)[^:\\]*\.(?:png|jpe?g|gif|webp|csv|tsv|txt|md|py|ipynb|json|ya?ml|pdf)",
    re.IGNORECASE,
)
# Of headings alone: nbconvert makes it of all their text, which may be long and hold anything.
SAFE_IDENTIFIER = re.compile(r"[^\x00-\x1f\x7f\"<>]{1,2000}")

# A tag in which no two HTML parsers can disagree: double quotes, no angle
# brackets inside, no raw-text element.
SIMPLE_TAG = re.compile(
    r"<(?P<close>/?)(?P<name>[A-Za-z][A-Za-z0-9]*)"
    r"(?P<attributes>(?:\s+[a-z-]+(?:=\"[^\"<>]*\")?)*)\s*/?>"
)
ATTRIBUTE = re.compile(r"([a-z-]+)(?:=\"([^\"<>]*)\")?")
SIMPLE_COMMENT = re.compile(r"<!--[^<>]*-->")

SVG = "{http://www.w3.org/2000/svg}"
ET.register_namespace("", SVG[1:-1])
SVG_TAG = re.compile(r"<svg(?=[\s/>])(?:[^\"'>]|\"[^\"]*\"|'[^']*')*>")
SVG_NAMESPACES = {
    "xmlns": "http://www.w3.org/2000/svg",
    "xmlns:xlink": "http://www.w3.org/1999/xlink",
}
LONGEST_PROLOG = 4_000
REMOVED = "[picture removed:"
SVG_BEGINS = re.compile(r"<(svg)\b", re.IGNORECASE)
TEX_LINK = re.compile(r"\\href\s*\{(?!\s*https?://)", re.IGNORECASE)
CODE_BEGINS = re.compile(r"<(pre|code)\b[^<>]*>")
ENDS = {
    "svg": re.compile(r"</svg\s*>", re.IGNORECASE),
    "pre": re.compile(r"</pre>"),
    "code": re.compile(r"</code>"),
}
TAG_START = re.compile(r"<(?=[A-Za-z/!?])")

# Rendering an odd text takes time that grows with the square of its length; no essay is so long.
LONGEST_MARKDOWN = 20_000
DATA_ADDRESS = re.compile(r"data:image/[a-z+]+;base64,[A-Za-z0-9+/=]+")

SHOWN_AS_SOURCE = (
    "> **Shown as source.** This text holds something a browser would run or fetch.\n\n"
)


def _safe_address(tag: str, value: str) -> bool:
    """Return whether a link or picture address can neither run nor leave the folder."""
    address = "".join(c for c in html.unescape(value) if c.isprintable() and not c.isspace())
    if tag == "img":
        return bool(SAFE_IMAGE_DATA.fullmatch(address) or SAFE_FILE.fullmatch(unquote(address)))
    if address.startswith("#"):
        return True
    if re.match(r"(?:https?://|mailto:)", address, re.IGNORECASE):
        return True
    return bool(SAFE_FILE.fullmatch(unquote(address)))


def _safe_value(tag: str, attribute: str, value: str) -> str | None:
    """Return the value to keep for an attribute, or None to drop the attribute."""
    if attribute in {"href", "src"}:
        return value if _safe_address(tag, value) else None
    if attribute == "style":
        rules = [rule.strip() for rule in html.unescape(value).split(";")]
        return value if all(not rule or SAFE_STYLE.fullmatch(rule) for rule in rules) else None
    if attribute == "class":
        return " ".join(name for name in value.split() if SAFE_CLASS.fullmatch(name)) or None
    if attribute == "id":
        # Elsewhere an id could stand in for one that formgrader's scripts look up.
        return value if re.fullmatch(r"h[1-6]", tag) and SAFE_IDENTIFIER.fullmatch(value) else None
    if attribute in {"height", "width", "colspan", "rowspan", "span", "start", "border"}:
        return value if re.fullmatch(r"\d{1,5}(?:\.\d+)?(?:%|px)?", value) else None
    return value


def _with_elements(begins: re.Pattern[str], source: str, replace: Callable[[str], str]) -> str:
    """Replace elements from their first tag to the next that ends one, in a single walk."""
    pieces: list[str] = []
    done = start = 0
    endless: set[str] = set()
    while found := begins.search(source, start):
        name = found[1].lower()
        end = None if name in endless else ENDS[name].search(source, found.end())
        if end is None:
            endless.add(name)
            start = found.end()
            continue
        pieces += [source[done : found.start()], replace(source[found.start() : end.end()])]
        done = start = end.end()
    return "".join([*pieces, source[done:]])


def picture(svg: str) -> str:
    """Return an ``<img>`` that shows the SVG, or a note where it cannot be read."""
    if "<!ENTITY" in svg:
        return f"<p>{REMOVED} it declares entities]</p>"
    if begins := SVG_TAG.search(svg, 0, LONGEST_PROLOG):
        # Without what stands before it: the encoding that it may name is no longer true.
        svg = svg[begins.start() :]
        for name, address in SVG_NAMESPACES.items():
            if f"{name}=" not in begins[0] and (name == "xmlns" or "xlink:" in svg):
                svg = f'<svg {name}="{address}"{svg[4:]}'
    try:
        root = ET.fromstring(svg.encode())  # noqa: S314  entities are refused above
        if active_words(svg):
            # In an <img> nothing of this runs; somebody may still save the picture and open it.
            _strip_scripts(root)
            svg = ET.tostring(root, encoding="unicode")
    except (ET.ParseError, RecursionError):
        return f"<p>{REMOVED} its SVG is not well-formed]</p>"
    title = root.find(f"{SVG}title")
    alt = html.escape(" ".join("".join(title.itertext()).split())) if title is not None else ""
    data = base64.b64encode(svg.encode()).decode("ascii")
    return f'<img alt="{alt or "figure"}" src="data:image/svg+xml;base64,{data}">'


def _strip_scripts(element: ET.Element) -> None:
    for child in list(element):
        if child.tag.rpartition("}")[2].lower() in {"script", "foreignobject", "iframe"}:
            element.remove(child)
        else:
            _strip_scripts(child)
    for name, value in list(element.attrib.items()):
        bare = name.rpartition("}")[2].lower()
        if bare.startswith("on") or (bare == "href" and not value.startswith(("#", "data:image/"))):
            del element.attrib[name]


def safe_html(source: str, *, bare: bool = False) -> str:
    """Return HTML of which nothing can run, with text, tables and pictures kept.

    Parameters
    ----------
    source
        HTML of any origin, such as a ``text/html`` output.
    bare
        Leave out ids and styles, too: for a page with looks and ids of its own.

    Returns
    -------
    str
        Cleaned HTML; SVG elements have become ``<img>`` elements.
    """
    withpictures = _with_elements(SVG_BEGINS, source, picture)
    cleaned = nh3.clean(
        withpictures,
        tags=set(TEXT_TAGS),
        clean_content_tags=set(DROPPED_WITH_CONTENT),
        attributes=BARE if bare else ATTRIBUTES,
        attribute_filter=_safe_value,
        url_schemes={"http", "https", "mailto", "data"},
        link_rel="noopener noreferrer",
    )
    # MathJax reads the text of a page, so a link can also be written in TeX.
    return str(TEX_LINK.sub(r"\\text{", cleaned))


def _harmless(rendered: str) -> bool:
    """Return whether rendered Markdown holds nothing but simple, harmless tags."""
    # MathJax reads the whole page but for code.
    if TEX_LINK.search(html.unescape(_with_elements(CODE_BEGINS, rendered, lambda _: ""))):
        return False
    position = 0
    while (position := rendered.find("<", position)) >= 0:
        tag = SIMPLE_TAG.match(rendered, position) or SIMPLE_COMMENT.match(rendered, position)
        if tag is None:
            return False
        if tag.re is SIMPLE_TAG and not _harmless_tag(tag):
            return False
        position = tag.end()
    return True


def _harmless_tag(tag: re.Match[str]) -> bool:
    name = tag["name"].lower()
    if name == "input":  # a task list of nbconvert's Markdown
        return tag["attributes"].strip() in {
            'class="task-list-item-checkbox" type="checkbox" disabled',
            'class="task-list-item-checkbox" type="checkbox" disabled checked',
        }
    if name not in TEXT_TAGS:
        return False
    allowed = ATTRIBUTES["*"] | ATTRIBUTES.get(name, set())
    for attribute, value in ATTRIBUTE.findall(tag["attributes"]):
        if attribute == "class" and value == "task-list-item":
            continue
        if attribute not in allowed:
            return False
        if _safe_value(name, attribute, value) != value:
            return False
    return True


def _renders_harmlessly(source: str, attachments: Mapping[str, Any]) -> bool:
    renderer = IPythonRenderer(escape=False, attachments=dict(attachments))
    try:
        rendered = MarkdownWithMath(renderer=renderer).render(source)
    # Whatever a Markdown parser trips over would stop formgrader as well.
    except Exception:  # noqa: BLE001
        return False
    return _harmless(rendered)


def _longest_run(source: str) -> int:
    return max((len(run) for run in re.findall(r"`+", source)), default=0)


def as_source(source: str) -> str:
    """Return Markdown that shows a text letter for letter, whatever it holds; idempotent."""
    opening, _, rest = source.removeprefix(SHOWN_AS_SOURCE).partition("\n")
    fenced = re.fullmatch(r"`{3,}", opening) and rest.endswith(f"\n{opening}\n")
    if source.startswith(SHOWN_AS_SOURCE) and fenced:
        inside = rest.removesuffix(f"\n{opening}\n")
        if _longest_run(inside) < len(opening):
            return source
    fence = "`" * max(3, _longest_run(source) + 1)
    return f"{SHOWN_AS_SOURCE}{fence}\n{source}\n{fence}\n"


def safe_markdown(source: str, attachments: Mapping[str, Any] | None = None) -> str:
    """Return Markdown that nbconvert renders to harmless HTML, with every word kept.

    Parameters
    ----------
    source
        Text of a Markdown cell or output.
    attachments
        Pictures attached to the cell, as in the notebook format.

    Returns
    -------
    str
        ``source`` itself where its rendering is harmless.  Otherwise the same
        text with its tags shown as text, or as a whole in a code block.
    """
    if len(DATA_ADDRESS.sub("", source)) > LONGEST_MARKDOWN:
        return as_source(source)
    if attachments or len(source) > LONGEST_MARKDOWN:
        return _safe_or_source(source, attachments or {})
    return _safe_alone(source)


@lru_cache(maxsize=512)
def _safe_alone(source: str) -> str:
    """Return what ``safe_markdown`` does: a class hands in the same task texts."""
    return _safe_or_source(source, {})


def _safe_or_source(source: str, attachments: Mapping[str, Any]) -> str:
    if _renders_harmlessly(source, attachments):
        return source
    pictures_as_links = re.sub(r"!(\[[^\]\n]*\]\(https?://)", r"\1", source)
    for candidate in (pictures_as_links, TAG_START.sub("&lt;", pictures_as_links)):
        if candidate != source and _renders_harmlessly(candidate, attachments):
            return SHOWN_AS_SOURCE + candidate
    return as_source(source)


ACTIVE = {
    "a script": re.compile(r"<\s*script", re.IGNORECASE),
    "an event handler": re.compile(r"<[^<>]*[\s/\"']on[a-z]+\s*=", re.IGNORECASE),
    "a javascript: address": re.compile(r"(?:java|vb)script\s*:", re.IGNORECASE),
    "a frame or plug-in": re.compile(r"<\s*(?:iframe|frame|object|embed|applet)", re.IGNORECASE),
    "a form": re.compile(r"<\s*(?:form|input|button|textarea)", re.IGNORECASE),
    "a page instruction": re.compile(r"<\s*(?:meta|base|link)\b", re.IGNORECASE),
}


def active_words(source: str) -> list[str]:
    """Return in words what a browser would run of a text."""
    plain = html.unescape(source)
    return [word for word, pattern in ACTIVE.items() if pattern.search(plain)]
