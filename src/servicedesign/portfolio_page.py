"""A portfolio as one page of HTML that needs nothing else: its chain, its parts, what is open."""

from __future__ import annotations

import contextlib
from collections.abc import Callable, Sequence
from html import escape
from typing import Any

from explorables.language import _
from explorables.palette import DARK, LIGHT, variables
from servicedesign import advice, decision_memo, metric_card, rehearsal_card
from servicedesign.advice.remark import parted
from servicedesign.blueprints import map as blueprint_map
from servicedesign.blueprints import rules as blueprint_rules
from servicedesign.journeys import map as journey_map
from servicedesign.journeys import rules as journey_rules
from servicedesign.labels import say
from servicedesign.linting import Document
from servicedesign.papers import dicts
from servicedesign.portfolio_rules import KINDS, TITLES, Note, Part, ids_of, personas_of
from servicedesign.portfolio_words import field
from servicedesign.wall_art import PALETTE, SANS, SERIF

LEVELS = ("error", "conflict", "missing", "advice")
WIDTH = 680  # px of a drawing
MOST_COLUMNS = 5  # of a table; with more, each row stands by itself
# What is drawn as a card, and by what.
CARDS: dict[str, Callable[[Document, str, int], str]] = {
    "test_card": rehearsal_card.draw,
    "metric_card": metric_card.draw,
    "decision": decision_memo.draw,
}
# Keys that are not shown: what they hold is shown elsewhere, or is for programs.
HIDDEN = ("format", "id", "answers", "meant", "synthetic", "title", "service")
STYLE = """
*{box-sizing:border-box}
body{margin:0;background:var(--p-paper);color:var(--p-ink);font:16px/1.5 %(sans)s}
main{max-width:46rem;margin:0 auto;padding:2rem 1.25rem 4rem}
h1,h2,h3{font-family:%(serif)s;line-height:1.2;text-wrap:balance}
h1{font-size:2.3rem;margin:2.5rem 0 .3rem}
h2{font-size:1.5rem;margin:3rem 0 .4rem;padding-top:.8rem;border-top:3px solid var(--p-cloudberry)}
h3{font-size:1.1rem;margin:1.4rem 0 .3rem}
p{margin:.4rem 0}
.soft,.ids{color:var(--p-soft);font-size:.9rem}
a{color:var(--p-curve)}
a.id{font-family:ui-monospace,Menlo,Consolas,monospace;font-size:.86em;text-decoration-style:dotted}
ol.chain{display:grid;grid-template-columns:repeat(auto-fit,minmax(9.5rem,1fr));gap:.5rem;
padding:0;margin:1.5rem 0;list-style:none;counter-reset:c}
ol.chain li{counter-increment:c;background:var(--p-card);border:1px solid var(--p-rule);
border-radius:8px;padding:.5rem .7rem;font-size:.92rem}
ol.chain li::before{content:counter(c) " ";color:var(--p-soft)}
ol.chain li.gone{background:none;border-style:dashed;color:var(--p-soft)}
ol.chain small{display:block;color:var(--p-soft)}
ol.chain li,.ids{overflow-wrap:anywhere}
.open{background:var(--p-during);border-radius:8px;padding:.3rem 1rem .8rem}
.open ul{margin:.2rem 0;padding-left:1.1rem}
.open li{margin:.35rem 0;overflow-wrap:anywhere}
.card{background:var(--p-card);border:1px solid var(--p-rule);border-radius:8px;
padding:.4rem 1rem .7rem;margin:.8rem 0;overflow-wrap:break-word}
dd .row{border-left:3px solid var(--p-rule);padding-left:.8rem;margin:.5rem 0 .8rem}
dl{margin:.3rem 0;display:grid;grid-template-columns:8.5rem minmax(0,1fr);gap:.35rem 1rem}
dt{color:var(--p-soft);font-size:.88rem;padding-top:.1rem}
dd{margin:0;min-width:0}
@media screen and (max-width:34rem){dl{display:block}dt{margin-top:.5rem}}
dd ul{margin:0;padding-left:1.1rem}
table{border-collapse:collapse;width:100%%;margin:.6rem 0;font-size:.93rem}
th,td{text-align:left;vertical-align:top;padding:.3rem .5rem .3rem 0;
border-bottom:1px solid var(--p-rule);overflow-wrap:break-word;word-break:normal}
.wide{overflow-x:auto}
figure{margin:.8rem 0;overflow-x:auto}
figure svg{max-width:100%%;height:auto}
.remarks{border-left:3px solid var(--p-cloudberry);padding-left:1.7rem;margin:.8rem 0}
.remarks li{margin:.25rem 0}
@media print{@page{size:A4;margin:16mm 15mm}
body{font-size:10.5pt;background:none}main{padding:0;max-width:none}
h2{break-before:page;margin-top:0}h2.first{break-before:auto}h3{break-after:avoid}
ol.chain li,tr,dd .row,.open li,.card:has(>h3),figure{break-inside:avoid}
figure svg{max-height:205mm}}
"""


def page(
    parts: Sequence[Part], notes: Sequence[Note], title: str = "", language: str = "en"
) -> str:
    """Return the portfolio as one HTML document.

    Parameters
    ----------
    parts : sequence of Part
        In the order in which they are to stand.
    notes : sequence of Note
        What is missing or does not fit; all of it is listed.
    title : str
        Its title; by default the service that the parts name.
    language : str
        The language of the parts' own words, "en" or "fi".
    """
    named = [say(part.content.get("service"), language) for part in parts]
    title = title or next((name for name in named if name), _("A portfolio of service design"))
    places = _places(parts)
    body = [
        f"<p class='soft'>{_e(_('From a promise to a decision'))}</p>",
        f"<h1>{_e(title)}</h1>",
        _chain(parts),
        _open(notes, parts),
    ]
    for kind, *_rest in KINDS:
        mine = [part for part in parts if part.kind == kind]
        if mine:
            body.append(f"<h2 id='{kind}'>{_e(TITLES[kind])}</h2>")
            body += [_section(part, parts, places, language) for part in mine]
    style = STYLE % {"sans": SANS.replace("'", '"'), "serif": SERIF.replace("'", '"')}
    light, dark = (variables("--p-", shade, PALETTE) for shade in (LIGHT, DARK))
    return (
        f"<!doctype html>\n<html lang='{_e(language)}'><head><meta charset='utf-8'>"
        "<meta name='viewport' content='width=device-width,initial-scale=1'>"
        "<meta name='color-scheme' content='light dark'>"
        f"<title>{_e(title)}</title><style>:root{{{light}}}"
        f"@media screen and (prefers-color-scheme:dark){{:root{{{dark}}}}}{style}</style></head>"
        f"<body><main>{''.join(body)}</main></body></html>\n"
    )


def _e(text: Any) -> str:
    return escape(str(text), quote=True)


def _places(parts: Sequence[Part]) -> dict[str, str]:
    """Return the anchor of the part in which each id stands, the earliest part first."""
    places: dict[str, str] = {}
    for part in parts:
        for name in ids_of(part.content):
            places.setdefault(name, _anchor(part))
    return places


def _anchor(part: Part) -> str:
    return "part-" + "".join(sign if sign.isalnum() else "-" for sign in part.file)


def _link(name: Any, places: dict[str, str]) -> str:
    told = f"<code>{_e(name)}</code>"
    place = places.get(name) if isinstance(name, str) else None
    return f"<a class='id' href='#{_e(place)}'>{_e(name)}</a>" if place else told


def _chain(parts: Sequence[Part]) -> str:
    rows = []
    for kind, *_rest in KINDS:
        mine = [part for part in parts if part.kind == kind]
        if mine:
            told = ", ".join(_e(_name_of(part)) for part in mine if _name_of(part))
            rows.append(f"<li><a href='#{kind}'>{_e(TITLES[kind])}</a><small>{told}</small></li>")
        else:
            rows.append(
                f"<li class='gone'>{_e(TITLES[kind])}<small>{_e(_('missing'))}</small></li>"
            )
    return f"<ol class='chain'>{''.join(rows)}</ol>"


def _name_of(part: Part) -> str:
    """Return what a part calls itself, "" if nothing."""
    if part.kind == "persona":
        return ", ".join(name for one in personas_of(part) if (name := say(one.get("name"))))
    for key in ("title", "name", "job"):
        if say(part.content.get(key)):
            return say(part.content.get(key))
    first = dicts(part.content, "promise") + dicts(part.content, "do")
    first += [one for one in dicts(part.content, "candidates") if one.get("decision") == "do"]
    named = ", ".join(say(one.get("feature")) or say(one.get("what")) for one in first[:2])
    return named or say(part.content.get("id")).replace("_", " ")


def _open(notes: Sequence[Note], parts: Sequence[Part]) -> str:
    headings = {
        "error": _("To mend"),
        "conflict": _("What does not fit"),
        "missing": _("What is missing"),
        "advice": _("To think about"),
    }
    anchors = {part.file: _anchor(part) for part in parts}
    found = [f"<h2 class='first' id='open'>{_e(_('What is open'))}</h2><div class='open'>"]
    for level in LEVELS:
        mine = [note for note in notes if note.level == level]
        if not mine:
            continue
        rows = []
        for note in mine:
            where = _e(note.file)
            if note.file in anchors:
                where = f"<a href='#{anchors[note.file]}'>{where}</a>"
            element = f"<b>{_e(note.element)}</b>" if note.element else ""
            told = ", ".join(text for text in (where, element) if text)
            remedy = f"<span class='soft'>{_e(note.remedy)}</span>"
            rows.append(f"<li>{told}: {_e(note.message)}. {remedy}</li>")
        found.append(f"<h3>{_e(headings[level])} ({len(mine)})</h3><ul>{''.join(rows)}</ul>")
    if not notes:
        found.append(f"<p>{_e(_('Every part is here, and they fit.'))}</p>")
    return "".join(found) + "</div>"


def _section(part: Part, parts: Sequence[Part], places: dict[str, str], language: str) -> str:
    found = [f"<div id='{_anchor(part)}'>"]
    heading = say(part.content.get("title"), language) or say(part.content.get("job"), language)
    drawn = _drawn(part, parts, places, language)
    # A drawing bears its title itself.
    if heading and "<figure>" not in drawn:
        found.append(f"<h3>{_e(heading)}</h3>")
    own = part.content.get("id")
    told = [_e(part.file)]
    if isinstance(own, str):
        told.append(f"<code>{_e(own)}</code>")
    answers = part.content.get("answers")
    if isinstance(answers, list) and answers:
        links = ", ".join(_link(one, places) for one in answers)
        told.append(f"{_e(_('answers'))} {links}")
    found.append(f"<p class='ids'>{' · '.join(told)}</p>")
    found.append(drawn)
    found.append(_remarks(part))
    found.append("</div>")
    return "".join(found)


def _drawn(part: Part, parts: Sequence[Part], places: dict[str, str], language: str) -> str:
    """Return the part as a picture where it has one and is sound, and in words otherwise."""
    content = part.content
    drawing = ""
    if part.kind == "journey" and not _errors(journey_rules.lint(content)):
        drawing = journey_map.draw(content, language, WIDTH)
    if part.kind == "blueprint" and not _errors(blueprint_rules.lint(content)):
        drawing = blueprint_map.draw(content, language, 0, _joined(content, parts))
    if part.kind in CARDS and advice.is_sound(content):
        # A card is drawn from what was meant to be there; what is not is told in words.
        with contextlib.suppress(AttributeError, KeyError, TypeError, ValueError):
            drawing = CARDS[part.kind](content, language, WIDTH)
    if drawing:
        return f"{_cited(content, places)}<figure>{drawing}</figure>"
    if not say(content.get("title"), language):
        # What the heading says is not said again.
        content = {key: value for key, value in content.items() if key != "job"}
    if part.kind != "persona" or "personas" not in content:
        return _card(content, places, language)
    shown = [
        _card(one, places, language, say(one.get("name"), language)) for one in personas_of(part)
    ]
    others = {key: value for key, value in content.items() if key not in ("personas", *HIDDEN)}
    return "".join(shown) + (_card(others, places, language) if others else "")


def _joined(content: Document, parts: Sequence[Part]) -> Document | None:
    """Return the journey that a blueprint stands under, if it is here and they fit."""
    for part in parts:
        if part.kind == "journey" and part.content.get("id") == content.get("journey"):
            journey = part.content
            if not _errors(journey_rules.lint(journey)):
                return None if _errors(blueprint_rules.join(content, journey)) else journey
    return None


def _errors(findings: Sequence[Any]) -> list[Any]:
    return [one for one in findings if one.level == "error"]


def _cited(content: Document, places: dict[str, str]) -> str:
    cards = [one.get("card") for one in dicts(content, "tested")]
    links = [_link(one, places) for one in cards if isinstance(one, str)]
    return f"<p class='ids'>{_e(_('cites'))} {', '.join(links)}</p>" if links else ""


def _card(content: Document, places: dict[str, str], language: str, heading: str = "") -> str:
    shown = {
        key: value
        for key, value in content.items()
        if key not in HIDDEN and not (heading and key == "name")
    }
    top = f"<h3>{_e(heading)}</h3>" if heading else ""
    return f"<div class='card'>{top}{_dl(shown, places, language)}</div>"


def _dl(content: Document, places: dict[str, str], language: str) -> str:
    rows = [
        f"<dt>{_e(field(str(key)))}</dt><dd>{_value(value, places, language)}</dd>"
        for key, value in content.items()
        if value not in ("", [], {}, None)
    ]
    return f"<dl>{''.join(rows)}</dl>"


def _value(value: Any, places: dict[str, str], language: str) -> str:
    if isinstance(value, bool):
        return _e(_("yes") if value else _("no"))
    if isinstance(value, str) and value in places:
        return _link(value, places)
    if isinstance(value, dict):
        return _pairs(value, places, language)
    if isinstance(value, list):
        rows = [one for one in value if isinstance(one, dict)]
        if rows and len(rows) == len(value):
            return _table(rows, places, language)
        return f"<ul>{''.join(f'<li>{_value(one, places, language)}</li>' for one in value)}</ul>"
    return _e(value)


def _pairs(value: Document, places: dict[str, str], language: str) -> str:
    if set(value) <= {"en", "fi", "sv"}:
        return _e(say(value, language))
    return "; ".join(
        f"{_e(field(str(key)))}: {_value(one, places, language)}"
        for key, one in value.items()
        if one not in ("", [], {}, None)
    )


def _table(rows: list[Document], places: dict[str, str], language: str) -> str:
    filled = (str(key) for row in rows for key in row if row[key] not in ("", None))
    columns = list(dict.fromkeys(filled))
    if len(columns) > MOST_COLUMNS:
        # Too wide for a sheet of paper: each row by itself.
        blocks = (
            _dl({key: row[key] for key in columns if key in row}, places, language) for row in rows
        )
        return "".join(f"<div class='row'>{block}</div>" for block in blocks)
    head = "".join(f"<th>{_e(field(column))}</th>" for column in columns)
    body = "".join(
        "<tr>"
        + "".join(f"<td>{_value(row.get(column, ''), places, language)}</td>" for column in columns)
        + "</tr>"
        for row in rows
    )
    table = f"<table><thead><tr>{head}</tr></thead><tbody>{body}</tbody></table>"
    return f"<div class='wide'>{table}</div>"


def _remarks(part: Part) -> str:
    if part.content.get("format") not in advice.LOOKS:
        return ""
    reasons = part.content.get("meant")
    found = [one for one in advice.remarks(part.content) if one.level == "advice"]
    shown, answered, waiting = parted(found, reasons if isinstance(reasons, dict) else None)
    lines = [_("To think about: {message}").format(message=one.message) for one in shown]
    lines += [
        _("{message} We mean it so: {reason}").format(message=one.message, reason=reason)
        for one, reason in answered
    ]
    if waiting:
        lines.append(_("{n} more when these are answered.").format(n=waiting))
    if not lines:
        return ""
    return f"<ul class='remarks soft'>{''.join(f'<li>{_e(line)}</li>' for line in lines)}</ul>"
