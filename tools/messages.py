"""Gather the words that the code shows, for translators: `make messages TO=fi`.

For each package that shows words the command writes, below its `locale/`,

- `fi.po`, to be filled by a translator with any tool that knows gettext files
  (what is filled already is kept; a text that changed is marked "fuzzy");
- `fi.json`, what the code reads, made from the filled and not fuzzy texts.

Run it again after translating.  Chapters, guides and the words in front matter
are translated as files of their own.
"""

from __future__ import annotations

import argparse
import ast
import json
import sys
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel import Locale, UnknownLocaleError
from babel.messages.catalog import Catalog
from babel.messages.pofile import read_po, write_po
from babel.numbers import get_decimal_symbol, get_group_symbol

ROOT = Path(__file__).parents[1]
ROOMS = ("classroom", "explorables", "practice", "servicedesign", "studybook")
PROJECT = "Promise, Path, People"
HEAD = f"# The words of {PROJECT}, to be filled in. Texts: CC BY 4.0."
# Data whose texts are looked up where they are shown, by the keys that hold them.
SHOWN = {"name", "label", "idea", "question"}
DATA = (
    "servicedesign/hillasoppi.py",
    "servicedesign/exercises/*.py",
    "classroom/words/sentences.py",
)
# Tables of which every text is shown.
WHOLE = {"HINTS", "SENTENCES", "NAMELESS_SENTENCES"}


def texts(path: Path, data: bool = False) -> Iterator[str]:
    """Yield the texts of a module that a reader may be shown.

    Parameters
    ----------
    path : Path
        A Python module.
    data : bool
        Whether texts in its tables count, and not only what is given to ``_``.
    """
    for node in ast.walk(ast.parse(path.read_text("utf-8"))):
        match node:
            case ast.Call(func=ast.Name(id="_"), args=[ast.Constant(value=str(text)), *_]):
                yield text
            case ast.Dict(keys=keys, values=values) if data:
                for key, value in zip(keys, values, strict=True):
                    if isinstance(key, ast.Constant) and key.value in SHOWN:
                        yield from _constants(value)
            case ast.Assign(targets=[ast.Name(id=name)], value=value) if data and name in WHOLE:
                yield from _constants(value)


def _constants(node: ast.expr) -> Iterator[str]:
    if isinstance(node, ast.Dict):
        for value in node.values:
            yield from _constants(value)
    elif isinstance(node, (ast.List, ast.Tuple)):
        for value in node.elts:
            yield from _constants(value)
    elif isinstance(node, ast.Constant) and isinstance(node.value, str):
        yield node.value


def gather(room: Path) -> Catalog:
    """Return the template of one package: each text once, with the files that show it."""
    found: dict[str, list[tuple[str, int | None]]] = {}
    for path in sorted(room.rglob("*.py")):
        place = path.relative_to(room.parent)
        for text in texts(path, any(place.match(pattern) for pattern in DATA)):
            files = found.setdefault(text, [])
            if (place.as_posix(), None) not in files:
                files.append((place.as_posix(), None))
    template = Catalog(project=PROJECT, header_comment=HEAD, fuzzy=False)
    for text, files in sorted(found.items()):
        template.add(text, locations=files, flags=["python-brace-format"] if "{" in text else [])
    return template


def update(room: Path, language: str) -> tuple[int, int]:
    """Write the catalogue of one package and language anew; return texts and those done.

    Raises
    ------
    ValueError
        If the language is not known, or what is there cannot be read.
    """
    try:
        locale = Locale.parse(language, sep="-")
    except (ValueError, UnknownLocaleError):
        raise ValueError(f"no language has the code {language!r}: fi or sv would be one") from None
    template, po = gather(room), room / "locale" / f"{language}.po"
    catalogue = Catalog(locale=locale, project=PROJECT, header_comment=HEAD, fuzzy=False)
    if po.is_file():
        with po.open("rb") as file:
            catalogue = read_po(file, locale=locale)
    catalogue.update(template)
    done = {
        str(entry.id): str(entry.string)
        for entry in catalogue
        if entry.id and entry.string and not entry.fuzzy
    }
    _fitting(po, done)
    written = BytesIO()
    write_po(written, catalogue, omit_header=False, sort_output=True, width=100)
    # The day of the run would change the file when nothing else does.
    lines = [
        line
        for line in written.getvalue().decode().splitlines(keepends=True)
        if not line.startswith(('"POT-Creation-Date', '"PO-Revision-Date'))
    ]
    po.parent.mkdir(exist_ok=True)
    po.write_text("".join(lines), "utf-8")
    marks = {
        "decimal": get_decimal_symbol(locale),
        "group": get_group_symbol(locale),
    }
    told = {**marks, "messages": done}
    text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
    po.with_suffix(".json").write_text(text + "\n", "utf-8")
    return len(template), len(done)


def _fitting(po: Path, done: dict[str, str]) -> None:
    """Refuse a translation whose places to fill are not those of its English text."""
    wrong = [text for text, told in done.items() if _places(text) != _places(told)]
    if wrong:
        raise ValueError(
            f"{po}: the names in braces must stay as they are: "
            + "; ".join(f"{text!r} is {done[text]!r}" for text in wrong)
        )


def _places(text: str) -> set[str]:
    """Return the names in braces of a text, doubled braces left out."""
    bare = text.replace("{{", "").replace("}}", "")
    return {piece.partition("}")[0].partition(":")[0] for piece in bare.split("{")[1:]}


def main(arguments: list[str] | None = None) -> int:
    """Run the command; return its exit code."""
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("languages", nargs="+", metavar="LANGUAGE", help="a code such as fi")
    parser.add_argument("--src", type=Path, default=ROOT / "src", help="where the packages lie")
    options = parser.parse_args(arguments)
    try:
        for language in options.languages:
            for name in ROOMS:
                there, done = update(options.src / name, language)
                print(f"{name}/locale/{language}.po: {done} of {there} texts translated")
    except ValueError as error:
        print(error, file=sys.stderr)
        return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())
