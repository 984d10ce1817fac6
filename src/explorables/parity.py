"""Prove that a live module draws the same in CPython and in MicroPython.

For the tests of any course: every explorable of a module is drawn at the ends of
its controls and at settings drawn by a fixed seed, for both layouts, by this
Python and by the sources that a page ships, run in MicroPython by Node.
"""

from __future__ import annotations

import importlib
import itertools
import json
import random
import shutil
import subprocess
from collections.abc import Callable, Iterator
from pathlib import Path
from types import ModuleType
from typing import Any

from explorables import assets
from explorables.controls import Choice, Slider, Toggle
from explorables.explorable import Explorable
from explorables.table import Table
from explorables.view import NARROW, WIDE

RANDOM_SETTINGS = 200
MOST_CORNERS = 128
Cell = Slider | Choice | Toggle

# Files and code come in as JSON; what the code prints goes out.
_RUNNER = """
import {{ readFileSync }} from "node:fs";
const {{ loadMicroPython }} = await import({folder} + "/micropython.mjs");
const {{ files, code, data }} = JSON.parse(readFileSync(0, "utf8"));
const python = await loadMicroPython({{
  url: {folder} + "/micropython.wasm",
  heapsize: 4 << 20,
  stdout: (line) => process.stdout.write(line + "\\n"),
}});
for (const [path, source] of Object.entries(files)) {{
  python.FS.mkdirTree("/lib/" + path.replace(/[^/]*$/, ""));
  python.FS.writeFile("/lib/" + path, source);
}}
python.FS.writeFile("/data.json", JSON.stringify(data));
try {{ python.runPython(code); }}
catch (error) {{ console.error(error.message); process.exit(1); }}
"""

# Sent in one piece, so that the start of the runtime is paid once a module.
CODE = """
import json
from explorables import bridge
from explorables.explorable import BY_ID
{imports}
with open("/data.json") as file:
    calls = json.load(file)
for key, raw, width in calls:
    print(bridge.frame(key, raw, width))
for key in {refined}:
    print(json.dumps(BY_ID[key].final({{}}, {wide})))
"""


def run(micropython: Path, files: dict[str, str], code: str, data: object = None) -> list[str]:
    """Run code in MicroPython and return the lines it prints.

    Parameters
    ----------
    micropython : Path
        The npm package ``@micropython/micropython-webassembly-pyscript``.
    files : dict
        Sources by path below the library folder, see `assets.sources`.
    code : str
        What to run.
    data : object, optional
        Put into ``/data.json`` for the code to read.

    Raises
    ------
    RuntimeError
        If Node.js is missing, or the code raises; with its traceback.
    """
    node = shutil.which("node")
    if node is None:
        raise RuntimeError("Node.js is missing: install it to run MicroPython outside a browser")
    done = subprocess.run(  # noqa: S603 - our own code, given as arguments
        [node, "--input-type=module", "-e", _RUNNER.format(folder=json.dumps(str(micropython)))],
        input=json.dumps({"files": files, "code": code, "data": data}),
        capture_output=True,
        text=True,
        timeout=600,
        check=False,
    )
    if done.returncode:
        raise RuntimeError(f"MicroPython stopped:\n{done.stderr.strip()}")
    return done.stdout.splitlines()


def explorables_of(module: ModuleType) -> list[Explorable]:
    """Return the explorables that a live module makes."""
    return [each for each in vars(module).values() if isinstance(each, Explorable)]


def _ends(control: Cell) -> list[Any]:
    if isinstance(control, Toggle):
        return [False, True]
    if isinstance(control, Choice):
        return [key for key, _label in control.options]
    return [control.low, control.high]


def _cells(explorable: Explorable) -> list[tuple[str, int, Cell]]:
    """Return every single input, as (control, row, column); row -1 for a plain control."""
    cells: list[tuple[str, int, Cell]] = []
    for control in explorable.controls:
        if isinstance(control, Table):
            for row in range(len(control.labels)):
                cells.extend((control.name, row, column) for column in control.columns)
        else:
            cells.append((control.name, -1, control))
    return cells


def _raw(explorable: Explorable, values: list[Any]) -> dict[str, Any]:
    raw: dict[str, Any] = {
        c.name: [{} for _ in c.labels] for c in explorable.controls if isinstance(c, Table)
    }
    for (name, row, control), value in zip(_cells(explorable), values, strict=True):
        if row < 0:
            raw[name] = value
        else:
            raw[name][row][control.name] = value
    return raw


def corners(explorable: Explorable) -> Iterator[dict[str, Any]]:
    """Yield settings at the ends of the ranges.

    All of them if there are few; otherwise everything low, everything high, one
    input at a time at either end with the rest as they start, and a fixed draw
    of the others.
    """
    cells = _cells(explorable)
    ends = [_ends(control) for _name, _row, control in cells]
    count = 1
    for choices in ends:
        count *= len(choices)
    if count <= MOST_CORNERS:
        for values in itertools.product(*ends):
            yield _raw(explorable, list(values))
        return
    start = explorable.defaults()
    first = [start[n] if row < 0 else start[n][row][c.name] for n, row, c in cells]
    yield _raw(explorable, [choices[0] for choices in ends])
    yield _raw(explorable, [choices[-1] for choices in ends])
    for place, choices in enumerate(ends):
        for value in choices:
            yield _raw(explorable, [*first[:place], value, *first[place + 1 :]])
    chance = random.Random(3)  # noqa: S311 - settings, not secrets
    for _ in range(MOST_CORNERS - 2 * len(cells)):
        yield _raw(explorable, [chance.choice(choices) for choices in ends])


def random_settings(
    explorable: Explorable, count: int = RANDOM_SETTINGS
) -> Iterator[dict[str, Any]]:
    """Yield settings drawn from the whole grid, the same ones every time."""
    chance = random.Random(20261122)  # noqa: S311 - settings, not secrets

    def one(control: Cell) -> Any:
        if not isinstance(control, Slider):
            return chance.choice(_ends(control))
        steps = round((control.high - control.low) / control.step)
        return round(control.low + chance.randint(0, steps) * control.step, 6)

    for _ in range(count):
        yield _raw(explorable, [one(control) for _name, _row, control in _cells(explorable)])


def calls(module: ModuleType) -> list[tuple[str, str, int]]:
    """Return everything to draw: id, settings as JSON, width."""
    return [
        (explorable.id, json.dumps(raw), width)
        for explorable in explorables_of(module)
        for raw in [{}, *corners(explorable), *random_settings(explorable)]
        for width in (NARROW, WIDE)
    ]


def differences(name: str, micropython: Path, change: Callable[[str], str] = str) -> list[str]:
    """Return what the two runtimes draw differently in a live module.

    Parameters
    ----------
    name : str
        Dotted name of the live module.
    micropython : Path
        As for `run`.
    change : callable, optional
        Alters each source on its way to MicroPython: a test that breaks one
        digit sees this comparison fail.

    Returns
    -------
    list of str
        One entry a difference, with both results; empty if there is none.
    """
    module = importlib.import_module(name)
    wanted = calls(module)
    figures = {each.id: each for each in explorables_of(module)}
    refined = sorted(key for key, each in figures.items() if each.refine)
    files = assets.sources({*assets.shared_modules(assets.CORE), *assets.shared_modules(name)})
    files = {path: change(source) for path, source in files.items()}
    code = CODE.format(imports=f"import {name}", refined=refined, wide=WIDE)
    there = [json.loads(line) for line in run(micropython, files, code, wanted)]
    here = [figures[key].frame(json.loads(raw), width) for key, raw, width in wanted]
    here += [figures[key].final({}, WIDE) for key in refined]
    labels = [f"{key} at {raw}, {width} px" for key, raw, width in wanted]
    labels += [f"{key}, refined" for key in refined]
    return [
        f"{label}:\n  CPython     {ours}\n  MicroPython {theirs}"
        for label, ours, theirs in zip(labels, here, there, strict=True)
        if json.loads(json.dumps(ours)) != theirs
    ]
