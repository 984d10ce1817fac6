"""Small fonts: the course's two families and the theme's icons, cut to what pages use.

Greek letters and arrows, which neither family draws, come from a third in a file of their
own; the style sheet takes them, and lining numerals for headings, by their range.
"""

from __future__ import annotations

import hashlib
import re
from collections.abc import Callable
from io import BytesIO
from pathlib import Path
from typing import TYPE_CHECKING

import fontTools
from fontTools import subset
from fontTools.merge import Merger
from fontTools.pens.transformPen import TransformPen
from fontTools.pens.ttGlyphPen import TTGlyphPen
from fontTools.ttLib import TTFont
from fontTools.varLib import instancer
from sphinx.errors import ExtensionError
from sphinx.util import logging

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)

# Latin with Finnish and its neighbours, and the signs that prose and formulas need.
TEXT = [
    *range(0x20, 0x7F),
    *range(0xA0, 0x100),
    *(ord(sign) for sign in "ŠšŽžŒœ–—‘’“”„…•‹›€−×÷≈≠≤≥→←↑↓√∞αβγδθλμρσΣ\u2009\u202f\u2060"),
]
# Headings are fewer words in a costly face: letters of Finnish, Swedish and the names of
# neighbours, the signs of prose, and no numerals, which come from the text's face.
HEADINGS = [
    *(sign for sign in range(0x20, 0x7F) if not chr(sign).isdigit()),
    *(ord(sign) for sign in "\u00a0·×ÄÅÆÉÖØÜäåæçèéêëñöøüßŠšŽž–—‘’“”…−"),
]
FEATURES = ["kern", "liga", "lnum", "tnum", "ccmp", "mark", "mkmk"]
HEADING_FACE = "fraunces.woff2"
# family: package, file, what is done with its weight axis, name on the site
FACES: dict[str, tuple[str, tuple[float, float] | float]] = {
    HEADING_FACE: ("fraunces/files/fraunces-latin-wght-normal.woff2", 600.0),
    "atkinson.woff2": (
        "atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-normal.woff2",
        (400.0, 700.0),
    ),
    "atkinson-italic.woff2": (
        "atkinson-hyperlegible-next/files/atkinson-hyperlegible-next-latin-wght-italic.woff2",
        400.0,
    ),
}
# What a formula, a table or a figure needs beyond them, from the third family's two files.
SIGNS = {
    "source-sans-3/files/source-sans-3-greek-wght-normal.woff2": [
        ord(sign) for sign in "ΔΣαβγδθκλμρστ"
    ],
    "source-sans-3/files/source-sans-3-latin-wght-normal.woff2": [ord("↑"), ord("↓")],
}
SIGNS_WEIGHT = 450.0  # between the text and its strong words, which it serves both
ICON = re.compile(r"fa-[a-z0-9-]+")


def _cut(font: TTFont, signs: list[int], to: Path, features: list[str]) -> None:
    options = subset.Options(layout_features=features, notdef_outline=True, name_IDs=[1, 2])
    options.flavor = "woff2"
    cutter = subset.Subsetter(options)
    cutter.populate(unicodes=signs)
    cutter.subset(font)
    to.parent.mkdir(parents=True, exist_ok=True)
    subset.save_font(font, str(to), options)


def _instance(source: Path, weight: tuple[float, float] | float) -> TTFont:
    font = instancer.instantiateVariableFont(TTFont(source), {"wght": weight})
    # Written and read again: the tables an instance leaves half loaded cannot be cut.
    whole = BytesIO()
    font.flavor = None
    font.save(whole)
    whole.seek(0)
    return TTFont(whole)


def _face(sources: list[Path], weight: tuple[float, float] | float, to: Path) -> None:
    (source,) = sources
    _cut(_instance(source, weight), HEADINGS if to.name == HEADING_FACE else TEXT, to, FEATURES)


def _signs(sources: list[Path], weight: tuple[float, float] | float, to: Path) -> None:
    """Cut the signs out of the third family's files and join them, arrows to the sides too."""
    to.parent.mkdir(parents=True, exist_ok=True)
    cut: list[Path] = []
    for source, signs in zip(sources, SIGNS.values(), strict=True):
        cut.append(to.with_suffix(f".{len(cut)}.ttf"))
        font = _instance(source, weight)
        cutter = subset.Subsetter(subset.Options(layout_features=[], name_IDs=[1, 2]))
        cutter.populate(unicodes=signs)
        cutter.subset(font)
        font.save(cut[-1])
    font = Merger().merge([str(part) for part in cut])
    _turn(font, "↑", "→")
    _turn(font, "↓", "←")
    # Its licence keeps the family's name for the family as it was.
    for record in font["name"].names:
        record.string = "Course Signs"
    font.flavor = "woff2"
    font.save(to)
    for part in cut:
        part.unlink()


def _turn(font: TTFont, sign: str, turned: str) -> None:
    """Add a sign that is another one, turned clockwise about its middle."""
    drawn: str = font["cmap"].getBestCmap()[ord(sign)]
    box, (advance, bearing) = font["glyf"][drawn], font["hmtx"][drawn]
    width, height = box.xMax - box.xMin, box.yMax - box.yMin
    across, up = (box.xMin + box.xMax) / 2, (box.yMin + box.yMax) / 2
    side = min(bearing, advance - bearing - width)
    pen = TTGlyphPen(None)
    middle = side + height / 2
    font.getGlyphSet()[drawn].draw(TransformPen(pen, (0, -1, 1, 0, middle - up, up + across)))
    name = f"uni{ord(turned):04X}"
    font.setGlyphOrder([*font.getGlyphOrder(), name])
    font["glyf"][name] = pen.glyph()
    font["hmtx"][name] = (round(height + 2 * side), round(side))
    for table in font["cmap"].tables:
        table.cmap[ord(turned)] = name


def write_text_fonts(app: Sphinx, exception: Exception | None) -> None:
    """Write the course's fonts into the site.

    Raises
    ------
    ExtensionError
        If the fonts' npm packages are not installed.
    """
    if exception is not None or app.builder.format != "html" or app.builder.name == "epub":
        return
    packages = Path(app.confdir) / app.config.studybook_fonts
    for name, (path, weight) in FACES.items():
        _write(app, name, [packages / path], weight, _face)
    _write(app, "signs.woff2", [packages / path for path in SIGNS], SIGNS_WEIGHT, _signs)


def _write(
    app: Sphinx,
    name: str,
    sources: list[Path],
    weight: tuple[float, float] | float,
    cut: Callable[[list[Path], tuple[float, float] | float, Path], None],
) -> None:
    to = Path(app.outdir) / "_static" / "fonts" / name
    for source in sources:
        if not source.is_file():
            raise ExtensionError(f"no font {source}; run `npm ci` to fetch the browser assets")
    stamp = Path(app.doctreedir) / f"{name}.cut"
    now = _recipe(sources, weight)
    if to.is_file() and stamp.is_file() and stamp.read_text("utf-8") == now:
        return
    cut(sources, weight, to)
    stamp.parent.mkdir(parents=True, exist_ok=True)
    stamp.write_text(now, "utf-8")


def _recipe(sources: list[Path], weight: tuple[float, float] | float) -> str:
    """Return a digest of all that a cut font depends on."""
    how = f"{TEXT} {HEADINGS} {SIGNS} {weight} {FEATURES} {fontTools.version}"
    return hashlib.sha256(b"".join(one.read_bytes() for one in sources) + how.encode()).hexdigest()


def _used_icons(out: Path) -> set[str]:
    files = [*out.rglob("*.html"), *(out / "_static" / "scripts").glob("*.js")]
    return {
        name
        for file in files
        if file.name != "fontawesome.js" and "lab" not in file.relative_to(out).parts
        for name in ICON.findall(file.read_text("utf-8", "ignore"))
    }


def cut_icons(app: Sphinx, exception: Exception | None) -> None:
    """Keep only the icons that the pages show, in the theme's style sheet and fonts."""
    static = Path(app.outdir) / "_static"
    sheet = static / "styles" / "pydata-sphinx-theme.css"
    if exception is not None or app.builder.format != "html" or not sheet.is_file():
        return
    import pydata_sphinx_theme  # noqa: PLC0415 - its untouched files are the source each time

    origin = Path(pydata_sphinx_theme.__file__).parent / "theme/pydata_sphinx_theme/static"
    used = _used_icons(Path(app.outdir)) | {"fa-chevron-down"}

    def keep(rule: re.Match[str]) -> str:
        return rule.group(0) if set(ICON.findall(rule.group(1))) & used else ""

    css = (origin / "styles" / sheet.name).read_text("utf-8")
    css = re.sub(r'((?:\.fa-[a-z0-9-]+::?before,?)+)\{content:"\\?[^"]+"\}', keep, css)
    # Icons are needed as woff2 only; every browser of the last ten years reads it.
    css = re.sub(r',url\([^)]*\.ttf[^)]*\)\s*format\("truetype"\)', "", css)
    sheet.write_text(css, "utf-8")
    sheets = [css, *(file.read_text("utf-8") for file in static.rglob("*.css") if file != sheet)]
    signs = {
        *(int(code, 16) for text in sheets for code in re.findall(r"\\(f[0-9a-f]{3})", text)),
        *(ord(sign) for text in sheets for sign in text if 0xE000 <= ord(sign) <= 0xF8FF),
    }
    for font in sorted((origin / "vendor/fontawesome/webfonts").glob("*.woff2")):
        _cut(TTFont(font), sorted(signs), static / "vendor/fontawesome/webfonts" / font.name, [])
    for heavy in [
        *static.rglob("*.ttf"),
        *static.rglob("*.map"),
        static / "scripts/fontawesome.js",
    ]:
        heavy.unlink(missing_ok=True)


def setup(app: Sphinx) -> None:
    """Connect both cuts to the end of the build."""
    app.add_config_value("studybook_fonts", "node_modules/@fontsource-variable", "html", str)
    app.connect("build-finished", write_text_fonts)
    app.connect("build-finished", cut_icons)
