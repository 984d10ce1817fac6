"""Right answers under other names, beside other files, in other encodings and formats."""

from __future__ import annotations

import io
import json
import zipfile
from collections.abc import Callable
from pathlib import Path
from typing import Any

from nbformat import NotebookNode

from .. import toy
from ..hostile.case import FULL, Build, answers, edited, notebook
from .case import Family

names = Family("name")
beside = Family("beside")
copies = Family("copies")
zips = Family("zip")
coding = Family("coding")

RIGHT = toy.content(toy.filled(toy.RIGHT))
BLANK = toy.content(toy.release_notebook())
HALF = toy.content(toy.filled(toy.RIGHT | {"draw_waits": "raise NotImplementedError()"}))


def laid(**files: bytes) -> Build:
    """Return a builder of a folder with these files."""
    return laid_out(files)


def laid_out(files: dict[str, bytes]) -> Build:
    """Return a builder of a folder with files at these paths."""

    def build(folder: Path) -> None:
        for name, content in files.items():
            path = folder / name
            path.parent.mkdir(parents=True, exist_ok=True)
            path.write_bytes(content)

    return build


NAMES = {
    "browser-copy": "queue (1).ipynb",
    "browser-copy-far-on": "queue (17).ipynb",
    "windows-copy": "queue - Copy.ipynb",
    "windows-copy-in-finnish": "queue – Kopio.ipynb",
    "mac-copy": "queue copy 2.ipynb",
    "jupyter-copy": "queue-Copy1.ipynb",
    "google-copy": "Copy of queue.ipynb",
    "google-copy-in-finnish": "Kopio tiedostosta queue.ipynb",
    "final": "queue_FINAL_v3 (really).ipynb",
    "with-ones-name": "Mäkelä_Aino_queue.ipynb",
    "decomposed-letters": "Ma\u0308kela\u0308 queue.ipynb",
    "emoji": "queue 🎉.ipynb",
    "capitals": "Queue.ipynb",
    "suffix-in-capitals": "QUEUE.IPYNB",
    "untitled": "Untitled3.ipynb",
    "a-space-before": " queue.ipynb",
    "a-space-after": "queue .ipynb",
    "text-suffix": "queue.ipynb.txt",
    "json-suffix": "queue.ipynb.json",
    "json": "queue.json",
    "another-language": "待ち時間.ipynb",
    "a-colon": "queue 12:30.ipynb",
    "percent-signs": "queue%20(1).ipynb",
    "in-a-folder": "homework/queue.ipynb",
    "deep-in-folders": "Downloads/service design/week 3/queue.ipynb",
    "a-long-name": "q" * 200 + ".ipynb",
    "dots": "queue.2026.11.20.ipynb",
    "no-name": ".ipynb",
}
for name, file in NAMES.items():
    names.add(name, laid_out({file: RIGHT}))

BESIDE = {
    "mac-shadow": {"._queue.ipynb": b"\0\x05\x16\x07\0\x02\0\0Mac OS X"},
    "mac-folder": {"__MACOSX/._queue.ipynb": b"\0\x05\x16\x07", ".DS_Store": b"\0\0\0\1Bud1"},
    "checkpoints": {".ipynb_checkpoints/queue-checkpoint.ipynb": BLANK},
    "virtual-documents": {".virtual_documents/queue.ipynb": b"# not a notebook"},
    "an-empty-untitled": {"Untitled.ipynb": b"{}"},
    "an-empty-file": {"Untitled1.ipynb": b""},
    "an-untitled-of-ones-own": {
        "Untitled.ipynb": b'{"cells": [], "metadata": {}, "nbformat": 4, "nbformat_minor": 5}'
    },
    "another-courses-notebook": {
        "physics.ipynb": json.dumps(
            {
                "cells": [
                    {
                        "cell_type": "code",
                        "source": "g = 9.81",
                        "metadata": {},
                        "outputs": [],
                        "execution_count": None,
                    }
                ],
                "metadata": {},
                "nbformat": 4,
                "nbformat_minor": 4,
            }
        ).encode()
    },
    "windows-clutter": {"Thumbs.db": b"x", "desktop.ini": b"x", "~$queue.docx": b"x"},
    "office-lock": {".~lock.queue.ipynb#": b",aino,laptop;"},
    "editor-folders": {".idea/workspace.xml": b"<x/>", ".vscode/settings.json": b"{}"},
    "html-and-pdf": {"queue.html": b"<html></html>", "queue.pdf": b"%PDF-1.7"},
    "a-script-of-the-same": {"queue.py": b"# %%\nprint('exported')\n"},
    "data": {"waits.csv": "minutes\n3\n".encode("utf-16")},
    "a-readme": {"README.md": "# Hyvää päivää".encode("cp1252")},
    "a-module-of-ones-own": {"helpers.py": b"def twice(x):\n    return 2 * x\n"},
    "a-module-named-like-pythons": {"random.py": b"print('mine')\n", "statistics.py": b"x = 1\n"},
    "compiled": {"__pycache__/helpers.cpython-314.pyc": b"\0"},
    "an-environment-file": {"requirements.txt": b"numpy\n", "environment.yml": b"name: x\n"},
    "a-git-folder": {".git/HEAD": b"ref: refs/heads/main", ".gitignore": b"*.pyc"},
    "a-zip-of-pictures": {"pictures.zip": b"PK\5\6" + b"\0" * 18},
    "a-text-in-json": {"notes.json": b'{"a": 1}', "notes.txt": b"{not json"},
}
for name, files in BESIDE.items():
    beside.add(name, laid_out({"queue.ipynb": RIGHT, **files}))

for name, files in {
    "old-under-its-name": {"queue.ipynb": BLANK, "queue (2).ipynb": RIGHT},
    "conflicted-copy": {
        "queue.ipynb": BLANK,
        "queue (Aino's conflicted copy 2026-11-20).ipynb": RIGHT,
    },
    "half-and-whole": {"queue.ipynb": HALF, "queue_final.ipynb": RIGHT},
    "whole-under-its-name": {"queue.ipynb": RIGHT, "queue (1).ipynb": BLANK},
    "in-a-folder-too": {"queue.ipynb": BLANK, "done/queue.ipynb": RIGHT},
    "three-of-them": {"a.ipynb": BLANK, "b.ipynb": RIGHT, "c.ipynb": HALF},
}.items():
    copies.add(name, laid_out(files), look=True, told="more than once")
copies.add("the-same-twice", laid_out({"queue.ipynb": RIGHT, "queue (1).ipynb": RIGHT}))
copies.add(
    "the-same-but-saved-by-another-program",
    laid_out({"queue.ipynb": RIGHT, "queue (1).ipynb": json.dumps(json.loads(RIGHT)).encode()}),
)
for name, broken in {
    "empty": b"",
    "nothing-in-it": b"{}",
    "cut-off": RIGHT[:500],
    "a-web-page": b"<!DOCTYPE html><html></html>",
}.items():
    copies.add(
        f"unreadable-under-its-name-{name}",
        laid_out({"queue.ipynb": broken, "queue (1).ipynb": RIGHT}),
        told="cannot be read",
    )
    copies.add(
        f"unreadable-beside-{name}", laid_out({"queue (1).ipynb": broken, "queue.ipynb": RIGHT})
    )


def zipped(files: dict[str, bytes], kind: int = zipfile.ZIP_DEFLATED) -> bytes:
    """Pack files."""
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", kind) as archive:
        for name, content in files.items():
            archive.writestr(name, content)
    return packed.getvalue()


for name, files in {
    "plain": {"queue.ipynb": RIGHT},
    "renamed-inside": {"my homework.ipynb": RIGHT},
    "in-a-folder": {"toy/queue.ipynb": RIGHT, "toy/waits.csv": b"minutes\n3\n"},
    "with-mac-clutter": {"queue.ipynb": RIGHT, "__MACOSX/._queue.ipynb": b"\0\5", ".DS_Store": b""},
    "with-checkpoints": {"queue.ipynb": RIGHT, ".ipynb_checkpoints/queue-checkpoint.ipynb": BLANK},
    "backslashes": {"toy\\queue.ipynb": RIGHT},
    "whole-project": {"p/queue.ipynb": RIGHT, "p/README.md": b"x", "p/img/a.png": b"\x89PNG"},
}.items():
    zips.add(name, laid_out({"homework.zip": zipped(files)}), told="homework.zip was opened")
zips.add("not-packed", laid_out({"queue.zip": zipped({"queue.ipynb": RIGHT}, zipfile.ZIP_STORED)}))
zips.add("suffix-in-capitals", laid_out({"QUEUE.ZIP": zipped({"queue.ipynb": RIGHT})}))
zips.add(
    "beside-the-notebook",
    laid_out({"queue.ipynb": RIGHT, "all.zip": zipped({"queue.ipynb": BLANK})}),
)
zips.add(
    "two-zips",
    laid_out({"a.zip": zipped({"data.csv": b"1"}), "b.zip": zipped({"queue.ipynb": RIGHT})}),
)
zips.add(
    "old-and-new-inside",
    laid_out({"a.zip": zipped({"queue.ipynb": BLANK, "queue (1).ipynb": RIGHT})}),
    look=True,
    told="more than once",
)


def reshaped(change: Callable[[dict[str, Any]], object]) -> Build:
    """Return a builder of right answers whose JSON was changed."""
    document = json.loads(RIGHT)
    change(document)
    return notebook(json.dumps(document, ensure_ascii=False).encode())


def sources(change: Callable[[str], object]) -> Build:
    """Return a builder of right answers whose cells' sources were written in another way."""

    def edit(document: NotebookNode) -> None:
        for cell in document.cells:
            cell["source"] = change(cell.source)

    return edited(edit)


for name, content in {
    "byte-order-mark": b"\xef\xbb\xbf" + RIGHT,
    "utf-16": RIGHT.decode().encode("utf-16"),
    "utf-16-big-end-first": b"\xfe\xff" + RIGHT.decode().encode("utf-16-be"),
    "windows-letters": RIGHT.decode().replace("A wait", "Jää – “wait”").encode("cp1252"),
    "windows-line-ends": RIGHT.replace(b"\n", b"\r\n"),
    "old-mac-line-ends": RIGHT.replace(b"\n", b"\r"),
    "one-line": json.dumps(json.loads(RIGHT)).encode(),
    "all-escaped": json.dumps(json.loads(RIGHT), ensure_ascii=True).encode(),
    "spaces-before": b"\n\n   " + RIGHT,
    "line-ends-after": RIGHT + b"\r\n\r\n",
    "indented-by-tabs": json.dumps(json.loads(RIGHT), indent="\t").encode(),
    "sorted-keys": json.dumps(json.loads(RIGHT), sort_keys=True).encode(),
}.items():
    coding.add(name, notebook(content))
for minor in range(5):
    coding.add(
        f"format-4-{minor}",
        reshaped(
            lambda d, minor=minor: (
                d.update(nbformat_minor=minor),
                [cell.pop("id", None) for cell in d["cells"]],
            )
        ),
    )
coding.add("format-4-6", reshaped(lambda d: d.update(nbformat_minor=6)))
coding.add("format-5", reshaped(lambda d: d.update(nbformat=5, nbformat_minor=0)))
coding.add("no-format-told", reshaped(lambda d: (d.pop("nbformat"), d.pop("nbformat_minor"))))
coding.add("format-as-text", reshaped(lambda d: d.update(nbformat="4", nbformat_minor="5")))
coding.add("no-metadata", reshaped(lambda d: d.pop("metadata")))
coding.add(
    "cells-without-outputs",
    reshaped(
        lambda d: [c.pop(k, None) for c in d["cells"] for k in ("outputs", "execution_count")]
    ),
)
coding.add(
    "format-3",
    reshaped(
        lambda d: d.update(
            nbformat=3,
            worksheets=[
                {
                    "cells": [
                        {
                            ("input" if c["cell_type"] == "code" and k == "source" else k): v
                            for k, v in c.items()
                        }
                        for c in d.pop("cells")
                    ]
                }
            ],
        )
    ),
)
coding.add("not-a-number", reshaped(lambda d: d["metadata"].update(score=float("nan"))))
coding.add("lists-of-lines", sources(lambda text: text.splitlines(keepends=True)))
coding.add("lists-without-line-ends", sources(lambda text: text.split("\n")))
coding.add("carriage-returns-in-cells", sources(lambda text: text.replace("\n", "\r\n")))
coding.add("spaces-at-line-ends", sources(lambda text: text.replace("\n", "  \n") + " \n\n"))
coding.add("tabs-for-four-spaces", sources(lambda text: text.replace("    ", "\t")))
coding.add(
    "unusual-letters",
    answers(mean_wait=toy.RIGHT["mean_wait"].replace("minutes", "mínütés_长_λ")),
    deserved=FULL,
)
