"""The files that bring explorables to life in a built page.

A page needs MicroPython (as a classic script, so that it also loads from
``file://``), the core of this package, and the sources of its own live modules
with whatever they import.  The Python is shipped as it is, less comments,
docstrings and annotations.
"""

from __future__ import annotations

import ast
import base64
import functools
import hashlib
import importlib.util
import json
import re
from collections.abc import Iterable, Iterator
from html import escape
from pathlib import Path

from explorables import language, palette
from explorables.language import _

FOLDER = "explorables"
CORE = "explorables.bridge"
_STATIC = Path(__file__).parent / "static"


def style_sheet() -> str:
    """Return the style sheet of live figures, colours first."""
    return palette.style_sheet() + (_STATIC / "explorables.css").read_text("utf-8")


def shared_modules(module: str) -> list[str]:
    """Return the names of all modules that ``module`` needs, itself and its packages included.

    Only imports at the head of modules are followed, and only inside the
    module's own package and this one: the rest must be part of MicroPython.

    Raises
    ------
    ValueError
        If a module has no Python source.
    """
    found: list[str] = []
    ours = {module.partition(".")[0], __name__.partition(".")[0]}
    waiting = [module]
    while waiting:
        name = waiting.pop()
        if name in found or name.partition(".")[0] not in ours:
            continue
        found.append(name)
        waiting.extend(_imports(name))
        if "." in name:
            waiting.append(name.rpartition(".")[0])
    return sorted(found)


def _imports(module: str) -> Iterator[str]:
    for node in ast.parse(_path(module).read_text("utf-8")).body:
        if isinstance(node, ast.Import):
            yield from (name.name for name in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            for name in node.names:
                if _is_module(f"{node.module}.{name.name}"):
                    yield f"{node.module}.{name.name}"


def _is_module(name: str) -> bool:
    try:
        return importlib.util.find_spec(name) is not None
    except ModuleNotFoundError:  # its parent is a module, not a package
        return False


@functools.cache
def _path(module: str) -> Path:
    spec = importlib.util.find_spec(module)
    if spec is None or not spec.origin or not spec.origin.endswith(".py"):
        raise ValueError(f"{module} has no Python source that a page could run")
    return Path(spec.origin)


def shipped_path(module: str) -> str:
    """Return where a module's source goes below MicroPython's library folder."""
    path = _path(module)
    stem = module.replace(".", "/")
    return f"{stem}/__init__.py" if path.name == "__init__.py" else f"{stem}.py"


class _Leaner(ast.NodeTransformer):
    """Drop what only readers and type checkers need."""

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        node.returns = None
        arguments = node.args
        for argument in (
            *arguments.posonlyargs,
            *arguments.args,
            *arguments.kwonlyargs,
            *(extra for extra in (arguments.vararg, arguments.kwarg) if extra),
        ):
            argument.annotation = None
        return self._undocumented(node)

    def visit_ClassDef(self, node: ast.ClassDef) -> ast.AST:
        return self._undocumented(node)

    def visit_Module(self, node: ast.Module) -> ast.AST:
        return self._undocumented(node)

    def visit_AnnAssign(self, node: ast.AnnAssign) -> ast.AST | None:
        if node.value is None:
            return None
        return ast.copy_location(ast.Assign(targets=[node.target], value=node.value), node)

    def _undocumented(self, node: ast.FunctionDef | ast.ClassDef | ast.Module) -> ast.AST:
        if ast.get_docstring(node, clean=False) is not None:
            node.body = node.body[1:]
        self.generic_visit(node)
        if not node.body and not isinstance(node, ast.Module):
            node.body = [ast.Pass()]
        return node


def lean_source(module: str) -> str:
    """Return a module's source without comments, docstrings and annotations."""
    tree = _Leaner().visit(ast.parse(_path(module).read_text("utf-8")))
    lines = ast.unparse(ast.fix_missing_locations(tree)).splitlines()
    # Text over several lines stays on one in unparsed code, so that every
    # leading space is indentation.
    lean = [" " * ((len(line) - len(line.lstrip(" "))) // 4) + line.lstrip(" ") for line in lines]
    return "\n".join(lean) + "\n"


def sources(modules: Iterable[str]) -> dict[str, str]:
    """Return the lean sources of modules by their shipped path."""
    return {shipped_path(module): lean_source(module) for module in sorted(modules)}


def live_sources(module: str) -> dict[str, str]:
    """Return what a live module needs beyond the core."""
    return sources(set(shared_modules(module)) - set(shared_modules(CORE)))


def _script(files: dict[str, str]) -> str:
    text = f"Object.assign(window.explorablesFiles||={{}},{json.dumps(files)});"
    words = _words(files.values())
    if words:
        told = json.dumps(words, ensure_ascii=False, sort_keys=True)
        text += f"Object.assign(window.explorablesWords||={{}},{told});"
    return text


def _words(shipped: Iterable[str]) -> dict[str, str]:
    """Return those translations in use whose English text stands in a shipped source."""
    messages: dict[str, str] = language.settings()["messages"]
    if not messages:
        return {}
    texts = {
        node.value
        for source in shipped
        for node in ast.walk(ast.parse(source))
        if isinstance(node, ast.Constant) and isinstance(node.value, str)
    }
    return {text: messages[text] for text in texts if text in messages}


def _marks() -> str:
    """Return the script that tells the page how numbers are written."""
    marks = {name: mark for name, mark in language.settings().items() if name != "messages"}
    return f"window.explorablesMarks={json.dumps(marks, ensure_ascii=False)};"


def classic_micropython(source: str) -> str:
    """Turn MicroPython's JavaScript module into a script that also runs from ``file://``.

    It gains one option, ``instantiateWasm``, so that the page can compile the
    runtime while this script is still loading.

    Raises
    ------
    ValueError
        If the module is not built as expected (another version).
    """
    for old, new in (
        (r"export async function loadMicroPython", "async function loadMicroPython"),
        (r"export default _createMicroPythonModule;?", ""),
        (
            r"let Module=\{locateFile:",
            "let Module={instantiateWasm:options.instantiateWasm,locateFile:",
        ),
    ):
        source, count = re.subn(old, new, source)
        if count != 1:
            raise ValueError(f"micropython.mjs has {count} places like {old!r}: 1 was expected")
    source = source.replace("import.meta.url", "here")
    return (
        f'(async function(){{"use strict";const here=document.currentScript.src;{source}\n}})();\n'
    )


def write(folder: Path, modules: Iterable[str], micropython: Path) -> None:
    """Write everything that pages with these live modules load.

    Parameters
    ----------
    folder : Path
        Where to; made if it is not there.
    modules : iterable of str
        Dotted names of live modules.
    micropython : Path
        The npm package ``@micropython/micropython-webassembly-pyscript``.

    Raises
    ------
    FileNotFoundError
        If MicroPython is not there.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, content in files(modules, micropython).items():
        _put(folder / name, content)


def files(modules: Iterable[str], micropython: Path) -> dict[str, bytes]:
    """Return everything that pages with these live modules load, by file name.

    Raises
    ------
    FileNotFoundError
        If MicroPython is not there.
    """
    if not (micropython / "micropython.wasm").is_file():
        raise FileNotFoundError(f"no micropython.wasm in {micropython}: run `npm ci` first")
    wasm = (micropython / "micropython.wasm").read_bytes()
    script = classic_micropython((micropython / "micropython.mjs").read_text("utf-8"))
    text = {
        "explorables.js": (_STATIC / "explorables.js").read_text("utf-8"),
        "micropython.js": script,
        "explorables.css": style_sheet(),
        "core.js": _script(sources(shared_modules(CORE))) + _marks(),
        # Browsers do not fetch from file://, so that there it comes as a script.
        "micropython.wasm.js": f'window.explorablesWasm="{base64.b64encode(wasm).decode()}";',
    }
    for module in modules:
        text[f"{module}.js"] = _script(live_sources(module))
    return {"micropython.wasm": wasm} | {name: content.encode() for name, content in text.items()}


def _put(path: Path, content: bytes) -> None:
    if not path.is_file() or path.read_bytes() != content:
        path.write_bytes(content)


def version(modules: Iterable[str], micropython: Path) -> str:
    """Return a short text that changes whenever a file for these modules changes."""
    digest = hashlib.sha256()
    for name, content in sorted(files(modules, micropython).items()):
        digest.update(name.encode() + b"\0" + hashlib.sha256(content).digest())
    return digest.hexdigest()[:8]


def head(
    modules: Iterable[str], where: str, micropython: Path, first: Iterable[str] | None = None
) -> str:
    """Return the tags for a page's head.

    Parameters
    ----------
    modules : iterable of str
        Dotted names of the page's live modules.
    where : str
        Address of the folder that :func:`write` fills.
    micropython : Path
        The npm package, as for :func:`write`.
    first : iterable of str, optional
        Those of them that the page loads by itself; the others are loaded when a reader
        wakes their figure.  By default all.
    """
    names = sorted(modules)
    early = names if first is None else sorted(first)
    query = f"?v={version(names, micropython)}"
    lost = _(
        "The link asks for a figure that this page does not have: {part}. "
        "It may come from another version; the figures of this page are:"
    )
    return (
        f'<link rel="stylesheet" href="{where}/explorables.css{query}"/>\n'
        f'<script async="async" src="{where}/explorables.js{query}" '
        f'data-modules="{" ".join(early)}" data-lost="{escape(lost)}"></script>'
    )
