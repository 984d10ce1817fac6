"""What a page ships: only what is needed, the same code, as classic scripts."""

import ast
import shutil

import pytest

from explorables import assets, parity

CORE = {
    "explorables",
    "explorables.bridge",
    "explorables.controls",
    "explorables.drawing",
    "explorables.explorable",
    "explorables.frame",
    "explorables.language",
    "explorables.marks",
    "explorables.numbers",
    "explorables.palette",
    "explorables.spans",
    "explorables.strokes",
    "explorables.svg",
    "explorables.table",
    "explorables.view",
}


def test_the_core_is_what_runs_in_micropython_and_no_adapter():
    assert set(assets.shared_modules(assets.CORE)) == CORE


def test_a_live_module_brings_its_own_models_alone():
    files = assets.live_sources("servicedesign.live.value")
    assert "servicedesign/live/value.py" in files
    assert "servicedesign/value.py" in files
    assert "servicedesign/__init__.py" in files
    assert not [path for path in files if path.startswith("explorables")]
    assert "servicedesign/journey_format.py" not in files


def test_a_module_without_source_is_refused():
    with pytest.raises(ValueError, match="math has no Python source"):
        assets.shared_modules("math")


def test_lean_source_is_the_same_code(tmp_path, monkeypatch):
    (tmp_path / "leanable.py").write_text(
        '"""Doc."""\n'
        "# why\n"
        "LIMIT: int = 3\n"
        "later: int\n"
        "class Empty:\n"
        '    """Only words."""\n'
        "def f(a: int, *b: str, c: float = 1.5, **d: int) -> str:\n"
        '    """Doc."""\n'
        "    if a:\n"
        '        return """two\n    lines"""  # kept\n'
        "    return '    spaces'\n",
        "utf-8",
    )
    monkeypatch.syspath_prepend(tmp_path)
    lean = assets.lean_source("leanable")
    assert "Doc" not in lean
    assert "Only words" not in lean
    assert "why" not in lean
    assert "int" not in lean
    names: dict = {}
    exec(compile(ast.parse(lean), "lean", "exec"), names)
    assert names["LIMIT"] == 3
    assert names["f"](1) == "two\n    lines"
    assert names["f"](0) == "    spaces"
    assert "\n return" in lean  # one space a level


def test_micropython_becomes_a_classic_script(micropython):
    source = (micropython / "micropython.mjs").read_text("utf-8")
    script = assets.classic_micropython(source)
    assert "import.meta" not in script
    assert "export async" not in script
    assert "export default" not in script
    assert "instantiateWasm:options.instantiateWasm" in script
    with pytest.raises(ValueError, match="0 places like 'export async function"):
        assets.classic_micropython(script)


def test_missing_micropython_is_told_with_the_remedy(tmp_path):
    with pytest.raises(FileNotFoundError, match="npm ci"):
        assets.write(tmp_path / "out", [], tmp_path)


def test_writing_twice_leaves_files_alone(tmp_path, micropython):
    assets.write(tmp_path, ["servicedesign.live.value"], micropython)
    before = {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()}
    assets.write(tmp_path, ["servicedesign.live.value"], micropython)
    assert {path.name: path.stat().st_mtime_ns for path in tmp_path.iterdir()} == before
    assert set(before) == {
        "core.js",
        "explorables.css",
        "explorables.js",
        "micropython.js",
        "micropython.wasm",
        "micropython.wasm.js",
        "servicedesign.live.value.js",
    }


def test_the_head_names_every_module_and_a_version(micropython):
    names = ["servicedesign.live.value"]
    head = assets.head(names, "../_static/explorables", micropython)
    assert 'data-modules="servicedesign.live.value"' in head
    assert head.count(f"?v={assets.version(names, micropython)}") == 2


@pytest.mark.parametrize(
    "name",
    ["explorables.js", "explorables.css", "micropython.mjs", "micropython.wasm", "marks", "words"],
)
def test_a_changed_file_gets_another_address(tmp_path, monkeypatch, micropython, name):
    static, runtime = tmp_path / "static", tmp_path / "runtime"
    shutil.copytree(assets._STATIC, static)
    shutil.copytree(micropython, runtime)
    monkeypatch.setattr(assets, "_STATIC", static)
    names = ["servicedesign.live.value"]
    before = assets.version(names, runtime)
    assert assets.version(names, runtime) == before
    if name in ("marks", "words"):
        told = {
            "messages": {"Time": "Aika"} if name == "words" else {},
            "decimal": ",."[name == "words"],
        }
        monkeypatch.setattr(assets.language, "settings", lambda: told)
    else:
        file = next(path for path in (static / name, runtime / name) if path.is_file())
        file.write_bytes(file.read_bytes() + b" ")
    assert assets.version(names, runtime) != before


@pytest.mark.parametrize("module", sorted(CORE))
def test_micropython_imports_every_shared_module_without_a_word(module, micropython):
    files = assets.sources(CORE)
    assert parity.run(micropython, files, f"import {module}\nprint('fine')") == ["fine"]


def test_an_idiom_that_micropython_lacks_is_found(micropython):
    with pytest.raises(RuntimeError, match="SyntaxError"):
        parity.run(micropython, {"odd.py": "match 1:\n case 1:\n  pass\n"}, "import odd")
