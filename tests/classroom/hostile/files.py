"""Folders that hold more, less or something else than a notebook."""

from __future__ import annotations

import os
import socket
from collections.abc import Callable
from pathlib import Path

from .. import toy
from .case import FULL, Family, answers

strange = Family("links, pipes and folders")
shadows = Family("files that shadow modules")

SECRET = "root:x:0:0"


def with_right(extra: Callable[[Path], object]) -> Callable[[Path], None]:
    def build(folder: Path) -> None:
        answers()(folder)
        extra(folder)

    return build


def _solution(folder: Path) -> Path:
    return folder.parents[2] / "solutions" / toy.ASSIGNMENT / f"{toy.NOTEBOOK}.ipynb"


strange.add(
    "link-to-the-solution",
    lambda folder: (folder / "queue.ipynb").symlink_to(_solution(folder)),
    0,
    flag=True,
    why="link",
)
strange.add(
    "link-to-a-classmate",
    lambda folder: (folder / "queue.ipynb").symlink_to("../../000-honest/toy/queue.ipynb"),
    0,
    flag=True,
    why="link",
)
strange.add(
    "link-that-leads-nowhere",
    lambda folder: (folder / "queue.ipynb").symlink_to("nowhere"),
    0,
    flag=True,
    why="link",
)
strange.add("notebook-is-a-pipe", lambda folder: os.mkfifo(folder / "queue.ipynb"), 0, flag=True)
strange.add("notebook-is-a-folder", lambda folder: (folder / "queue.ipynb").mkdir(), 0, flag=True)
strange.add("nothing-at-all", lambda _: None, 0, flag=True)
strange.add(
    "data-is-a-link",
    with_right(lambda folder: (folder / "data.csv").symlink_to("/etc/passwd")),
    FULL,
    absent=(SECRET,),
)
strange.add("folder-is-a-link-to-the-root", with_right(lambda f: (f / "all").symlink_to("/")), FULL)
strange.add("folder-that-holds-itself", with_right(lambda f: (f / "self").symlink_to(".")), FULL)
strange.add("pipe-beside-the-notebook", with_right(lambda f: os.mkfifo(f / "data.csv")), FULL)


def _socket(folder: Path) -> None:
    here = Path.cwd()
    os.chdir(folder)  # the path of a socket has at most 107 bytes
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind("s")
    finally:
        os.chdir(here)


def _sparse(folder: Path) -> None:
    path = folder / "data.bin"
    path.touch()
    os.truncate(path, 1 << 40)


strange.add("socket-beside-the-notebook", with_right(_socket), FULL)
strange.add(
    "timestamp-is-nonsense", with_right(lambda f: (f / "timestamp.txt").write_text("soon")), FULL
)
strange.add(
    "timestamp-of-ten-million-digits",
    with_right(lambda f: (f / "timestamp.txt").write_text("9" * 10_000_000)),
    FULL,
)
strange.add(
    "data-of-a-terabyte",
    with_right(_sparse),
    FULL,
)
strange.add(
    "hard-link-to-the-solution",
    lambda folder: (folder / "queue.ipynb").hardlink_to(_solution(folder)),
    0,
    flag=True,
    why="link",
)
strange.add("timestamp-is-a-folder", with_right(lambda f: (f / "timestamp.txt").mkdir()), FULL)
strange.add(
    "timestamp-is-a-link",
    with_right(lambda f: (f / "timestamp.txt").symlink_to("/etc/passwd")),
    FULL,
)
strange.add("name-with-a-line-break", with_right(lambda f: (f / "a\nb.csv").write_text("1")), FULL)
strange.add(
    "name-that-is-not-utf-8",
    with_right(lambda f: (Path(os.fsdecode(os.fsencode(f) + b"/\xff.csv"))).write_text("1")),
    FULL,
)


def _deep(folder: Path) -> None:
    for _ in range(60):
        folder /= "deeper"
    folder.mkdir(parents=True)
    (folder / "data.csv").write_text("1")


strange.add("sixty-folders-deep", with_right(_deep), FULL)
strange.add(
    "ten-thousand-files",
    with_right(lambda f: [(f / f"n{number}.txt").write_text("x") for number in range(10_000)]),
    FULL,
)


def _renamed(name: str) -> Callable[[Path], object]:
    return lambda folder: (folder / name).write_bytes(toy.content(toy.filled(toy.RIGHT)))


for label, name in {
    "renamed-by-a-browser": "queue (1).ipynb",
    "renamed-with-a-number": "queue-1.ipynb",
    "renamed-in-capitals": "QUEUE.ipynb",
    "renamed-altogether": "my homework.ipynb",
}.items():
    strange.add(label, _renamed(name), FULL)

CHEAT = """
import builtins
builtins.CHEATED = True
def fmean(*a, **k): return 0
"""
for label, name in {
    "shadows-numpy": "numpy.py",
    "shadows-random": "random.py",
    "shadows-statistics": "statistics.py",
    "shadows-ipython": "IPython/__init__.py",
    "shadows-the-kernel": "ipykernel_launcher.py",
    "shadows-the-display-library": "matplotlib/__init__.py",
    "brings-sitecustomize": "sitecustomize.py",
    "brings-usercustomize": "usercustomize.py",
    "brings-a-startup-file": ".ipython/profile_default/startup/00.py",
    "brings-nbgrader-config": "nbgrader_config.py",
    "brings-jupyter-config": "jupyter_config.py",
    "shadows-the-grader": "classroom/__init__.py",
    "brings-a-path-file": "evil.pth",
}.items():

    def _shadow(folder: Path, name: str = name) -> None:
        path = folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_text(CHEAT, encoding="utf-8")

    shadows.add(label, with_right(_shadow), FULL)

FAMILIES = [strange, shadows]
