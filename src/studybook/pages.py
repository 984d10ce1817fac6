"""Pages made from all chapters' front matter: the directive `studybook`.

`chapters` (the cover's list), `syllabus`, `roads` (which chapter needs which), `key-points`,
`alignment`, `evidence`,
`inventory` (every sentence of the texts tried), `works` (all that is cited, and whether somebody
looked it up), `notices` (what was looked up about the experiments cited), `sheets` (the field
tasks, each on one page to print), `gallery` (every live figure, at rest), `components` (every
part of a page in every state) and
`clear` (the button that forgets what this machine remembers).
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Iterable
from html import escape, unescape
from pathlib import Path
from typing import TYPE_CHECKING, Any

import yaml
from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxDirective

from studybook import cells, citations, docket, faces, gallery, hand, inline, roads, specimen
from studybook.chapter import Chapter, translated
from studybook.faces import verdicts
from studybook.front_matter import FrontMatterError
from studybook.language import _
from studybook.markup import attributes, table
from studybook.part import Part

if TYPE_CHECKING:
    from sphinx.application import Sphinx
    from sphinx.environment import BuildEnvironment

logger = logging.getLogger(__name__)

# In what the directive below writes itself; what a cell shows tells its links apart.
_PAGE = re.compile(r'<a href="([^":]+\.(?:ipynb|md)(?:#[^"]*)?)">(.*?)</a>', re.DOTALL)


def chapters(env: BuildEnvironment) -> list[Chapter]:
    """Return the chapters that can be read, in order; a broken one is told of elsewhere."""
    folder = Path(env.srcdir) / env.config.studybook_chapters
    found = []
    # A translation beside it, such as 03_value.fi.yml, is the same chapter.
    files = {file.stem: file for file in folder.glob("*.yml") if "." not in file.stem}
    for file in map(files.__getitem__, _in_order(files, _planned(env))):
        name = f"{env.config.studybook_chapters}/{file.stem}"
        if name in env.found_docs:
            try:
                found.append(Chapter(file, Path(env.srcdir) / env.config.studybook_bibliography))
            except FrontMatterError as error:
                logger.debug("left out of the generated pages: %s", error)
    return found


def _planned(env: BuildEnvironment) -> list[dict[str, Any]]:
    """Return the plan of the course: every chapter, written or not."""
    file = translated(Path(env.srcdir) / env.config.studybook_plan)
    env.note_dependency(str(file))
    return list(yaml.safe_load(file.read_text("utf-8"))["chapters"]) if file.is_file() else []


def _in_order(names: Iterable[str], plan: list[dict[str, Any]]) -> list[str]:
    """Return chapters by number; an interlude comes after the chapter it follows in the plan."""
    before, after = "", {}
    for item in plan:
        if item["id"][:1].isdigit():
            before = item["id"]
        else:
            after[item["id"]] = before
    return sorted(
        names, key=lambda name: (name, "") if name[:1].isdigit() else (after.get(name, "~"), name)
    )


class StudybookDirective(SphinxDirective):
    """Show one of the generated parts."""

    required_arguments = 1
    has_content = False

    def run(self) -> list[nodes.Node]:
        """Return the part that the argument names."""
        parts = {
            "chapters": self._chapters,
            "syllabus": self._syllabus,
            "roads": self._roads,
            "key-points": self._key_points,
            "alignment": self._alignment,
            "evidence": self._evidence,
            "inventory": self._inventory,
            "notices": self._notices,
            "works": self._works,
            "sheets": self._sheets,
            "gallery": self._gallery,
            "clear": self._clear,
            "components": self._components,
        }
        name = self.arguments[0]
        if name not in parts:
            message = f"studybook shows {', '.join(parts)}; got {name!r}"
            raise self.error(message)  # type: ignore[no-untyped-call]
        return parts[name]()

    def _link(self, chapter: Chapter) -> str:
        here = posixpath.dirname(self.env.docname)
        to = posixpath.relpath(f"{self.config.studybook_chapters}/{chapter.id}.ipynb", here)
        return f'<a href="{to}">{escape(chapter.data["title"])}</a>'

    def _by_chapter(self, parts: list[tuple[Chapter, Part | str]]) -> list[nodes.Node]:
        sections: list[nodes.Node] = []
        for chapter, part in parts:
            section = nodes.section(ids=[f"chapter-{chapter.data.get('number', chapter.id)}"])
            section += nodes.title("", repr(chapter), translatable=False)
            section += _shown(part)
            sections.append(section)
        return sections or [nodes.paragraph("", _("No chapter is ready yet."))]

    def _chapters(self) -> list[nodes.Node]:
        ready = {chapter.id: chapter for chapter in chapters(self.env)}
        plan = {item["id"]: item for item in _planned(self.env)}
        items = []
        for name in _in_order({*ready, *plan}, _planned(self.env)):
            number = str(int(name[:2])) if name[:2].isdigit() else "·"
            if name in ready:
                data = ready[name].data
                title, state = self._link(ready[name]), ""
                times = ready[name].times()
                minutes, makes = times.total, data["artefact"]["out"]
                outside = times.outside
            else:
                title, minutes = escape(plan[name]["title"]), plan[name]["minutes"]
                makes, outside = plan[name]["makes"], 0
                state = f'<span class="sb-soon">{escape(_("in preparation"))}</span>'
            progress = attributes(class_="sb-progress", data_progress=name)
            items.append(
                f'<li class="{"sb-ready" if name in ready else "sb-planned"}">'
                f'<span class="sb-number" aria-hidden="true">{number}</span>'
                f'<div><p class="sb-chapter-title">{title} {state}</p>'
                f'<p class="sb-chapter-facts">'
                f"{escape(_('{n} minutes').format(n=minutes))}{_also(outside)} · "
                f"{escape(_('you make: {what}').format(what=makes))}"
                f"<span{progress}></span></p></div></li>"
            )
        return [_raw(f'<ol class="sb-chapters">{"".join(items)}</ol>')]

    def _syllabus(self) -> list[nodes.Node]:
        rows, total = [], 0
        for chapter in chapters(self.env):
            data = chapter.data
            times = chapter.times()
            total += times.total
            objectives = "".join(
                f"<li>{escape(item['verb'])} {escape(item['text'])}</li>"
                for item in data["objectives"]
            )
            rows.append(
                (
                    f"{data['number']}. {self._link(chapter)}"
                    if "number" in data
                    else self._link(chapter),
                    str(times.reading),
                    str(times.core),
                    str(times.stretch),
                    str(times.writing),
                    str(times.outside),
                    f"<ul>{objectives}</ul>",
                    escape(data["artefact"]["out"]),
                )
            )
        headers = (
            _("Chapter"),
            _("Minutes of reading"),
            _("of exercises"),
            _("of stretch"),
            _("of reflection"),
            _("in the field"),
            _("You will be able to"),
            _("You make"),
        )
        hours = _("Chapters ready to read: {n}, together {m} minutes without the stretch.")
        said = escape(hours.format(n=len(rows), m=total))
        return [_raw(f"{table(headers, rows)}\n<p>{said}</p>")]

    def _roads(self) -> list[nodes.Node]:
        """Return the map of what each chapter builds on."""
        try:
            return [_raw(roads.html(chapters(self.env), self._link))]
        except roads.RoadError as problem:
            raise self.error(str(problem)) from None  # type: ignore[no-untyped-call]

    def _key_points(self) -> list[nodes.Node]:
        return self._by_chapter([(item, item.key_points()) for item in chapters(self.env)])

    def _evidence(self) -> list[nodes.Node]:
        """Return the map of all claims with its filter, and every chapter's docket."""
        found = [(item, item.claims(everything=True)) for item in chapters(self.env)]
        sections = self._by_chapter([*found])
        if not found:
            return sections
        for section in sections:
            section["classes"].append("sb-of-chapter")  # type: ignore[index]
        table_of = [
            (section["ids"][0], item.id, repr(item), part.facts["claims"])  # type: ignore[index]
            for section, (item, part) in zip(sections, found, strict=True)
        ]
        return [_raw(docket.overview(table_of)), *sections]

    def _components(self) -> list[nodes.Node]:
        """Return every component in every state, made from the first chapter that can be read."""
        shown: list[nodes.Node] = []
        for chapter in chapters(self.env)[:1]:
            for heading, part in specimen.components(chapter):
                section = nodes.section(ids=[nodes.make_id(heading)])
                section += nodes.title("", heading, translatable=False)
                section += _shown(part)
                shown.append(section)
        return shown

    def _sheets(self) -> list[nodes.Node]:
        """Return the field tasks; the section's id is what a chapter links to."""
        sections: list[nodes.Node] = []
        for chapter in chapters(self.env):
            if "field" in chapter.data:
                name = f"sheet-{chapter.id}"
                section = nodes.section(ids=[name], classes=["sb-sheet-page"])
                section += nodes.title("", repr(chapter), translatable=False)
                section += _shown(chapter.sheet())
                sections.append(section)
        return sections

    def _gallery(self) -> list[nodes.Node]:
        """Return every live figure under the question that it answers."""
        ready = chapters(self.env)
        for chapter in ready:
            self.env.note_dependency(str(chapter.file))
            self.env.note_dependency(str(chapter.file.with_suffix(".ipynb")))
        try:
            shown = gallery.entries(ready)
        except gallery.GalleryError as problem:
            raise self.error(str(problem)) from None  # type: ignore[no-untyped-call]
        sections: list[nodes.Node] = []
        for item in shown:
            section = nodes.section(ids=[f"figure-{item.id}"], classes=["sb-exhibit"])
            section += nodes.title("", inline.to_text(item.question), translatable=False)
            section += _raw(f"<p>{self._exhibited(item)}</p>\n{item.html}")
            sections.append(section)
        return sections

    def _exhibited(self, item: gallery.Entry) -> str:
        """Return where a figure stands: its chapter and section, as a link to the figure."""
        here = posixpath.dirname(self.env.docname)
        to = posixpath.relpath(f"{self.config.studybook_chapters}/{item.chapter.id}.ipynb", here)
        return (
            f'<a href="{to}#xp-{item.id}">{escape(repr(item.chapter))}</a> · '
            f"{escape(inline.to_text(item.section))}"
        )

    def _notices(self) -> list[nodes.Node]:
        """Return the experiments cited, each with what was looked up about it."""
        works = citations.works(self.env)
        self.env.note_dependency(str(citations.file_of(self.env)))
        found = [
            {"key": work.key, "notices": work.notices}
            for work in sorted(works.values(), key=lambda work: work.text)
            if work.notices
        ]
        facts = {"works": found}
        html = faces.html({"kind": "notices", **facts}, faces.Hand(works))
        return [_shown(Part("notices", facts, html, ""))] if found else []

    def _inventory(self) -> list[nodes.Node]:
        """Return each text's sentences in their order: what is said, its verdict, and where."""
        file = Path(self.env.srcdir) / self.config.studybook_inventory
        self.env.note_dependency(str(file))
        if not file.is_file():
            return []
        told = yaml.safe_load(file.read_text("utf-8"))
        words = verdicts()
        rows: dict[str, dict[int, tuple[str, ...]]] = {}
        for chapter in chapters(self.env):
            for claim in chapter.data["claims"]:
                chip = f'<span class="sb-verdict sb-{claim["verdict"]}">'
                rows.setdefault(claim["id"][0], {})[int(claim["id"][1:])] = (
                    claim["id"],
                    escape(inline.to_text(claim["claim"])),
                    f"{chip}{escape(words[claim['verdict']])}</span>",
                    self._link(chapter),
                )
        for item in told["no_claim"]:
            rows.setdefault(item["id"][0], {})[int(item["id"][1:])] = (
                item["id"],
                escape(item["what"]),
                escape(_("No claim")),
                escape(item["because"]),
            )
        headers = (_("Sentence"), _("What it says"), _("Verdict"), _("Tried in, or why not"))
        sections: list[nodes.Node] = []
        for text in [*told["texts"], *told.get("own", [])]:
            letter = text["letter"]
            section = nodes.section(ids=[f"text-{letter.lower()}"])
            section += nodes.title("", _("Text {letter}").format(letter=letter))
            section += nodes.paragraph("", text["about"])
            said = [row for _number, row in sorted(rows.get(letter, {}).items())]
            section += _raw(table(headers, said))
            sections.append(section)
        return sections

    def _works(self) -> list[nodes.Node]:
        """Return every work cited, and whether somebody compared the entry with it."""
        works = sorted(citations.works(self.env).values(), key=lambda work: work.text)
        self.env.note_dependency(str(citations.file_of(self.env)))
        rows = [
            f'<li class="sb-work">{escape(work.text)} '
            f"<em>({escape(_('looked up') if work.checked else _('not looked up'))})</em></li>"
            for work in works
        ]
        seen = sum(work.checked for work in works)
        said = _("Looked up: {seen} of {n} works.").format(n=len(works), seen=seen)
        return [nodes.paragraph("", said), _raw(f"<ul>{''.join(rows)}</ul>")]

    def _alignment(self) -> list[nodes.Node]:
        return self._by_chapter([(item, _aligned(item.data)) for item in chapters(self.env)])

    def _clear(self) -> list[nodes.Node]:
        label = escape(_("Clear my answers"))
        note = escape(_("Without JavaScript nothing is kept, so there is nothing to clear."))
        return [
            _raw(
                f'<div class="sb-clear" data-studybook="clear" data-label="{label}">'
                f"<noscript><p>{note}</p></noscript></div>"
            )
        ]


def _also(outside: int) -> str:
    """Return the minutes of a field task beside those of its chapter."""
    return escape(_(", and {n} in the field").format(n=outside)) if outside else ""


def _aligned(data: dict[str, Any]) -> str:
    """Return which sections teach, and which items practise and assess, each objective."""

    def names(part: str, field: str, objective: str) -> str:
        return ", ".join(
            escape(str(item[field])) for item in data[part] if objective in item["objectives"]
        )

    rows = []
    for item in data["objectives"]:
        questions = ", ".join(
            str(place)
            for place, question in enumerate(data["quiz"], start=1)
            if item["id"] in question["objectives"]
        )
        reflected = item["id"] in data["reflection"]["objectives"]
        rows.append(
            (
                f"{item['id']} {escape(item['verb'])} {escape(item['text'])}",
                names("sections", "title", item["id"]),
                questions or "–",
                names("exercises", "function", item["id"]) or "–",
                escape(_("yes")) if reflected else "–",
            )
        )
    headers = (
        _("Objective"),
        _("Taught in"),
        _("Quiz question"),
        _("Exercise"),
        _("Reflection"),
    )
    return table(headers, rows)


def _raw(html: str) -> nodes.raw:
    return nodes.raw("", html, format="html", written=True)


def _shown(part: Part | str) -> nodes.raw:
    return _raw(part) if isinstance(part, str) else cells.part_node(part)


def link_pages(app: Sphinx, doctree: nodes.document, docname: str) -> None:
    """Make links to the pages that the directive could only name: there was no page yet."""

    def linked(found: re.Match[str]) -> str:
        return hand.link(app, docname, unescape(found[1]), found[2])

    for raw in doctree.findall(nodes.raw):
        if raw.get("written"):
            raw[:] = [nodes.Text(_PAGE.sub(linked, raw.astext()))]


def setup(app: Sphinx) -> None:
    """Register the directive and the links."""
    app.add_config_value("studybook_lab", "book/lab", "html", str)
    app.add_directive("studybook", StudybookDirective)
    app.connect("doctree-resolved", link_pages)
