"""Right answers as other notebook programs save them."""

from __future__ import annotations

import uuid
from collections.abc import Callable
from typing import Any

from nbformat import NotebookNode, v4

from .. import toy
from ..hostile.case import edited
from .case import Family

apps = Family("app")
lost = Family("labels lost")

ESSAY = "The queue's length on the door.\n\nAnd, above all, honest numbers."


def _each(document: NotebookNode) -> Any:
    return enumerate(document.cells)


def colab(document: NotebookNode) -> None:
    document.metadata["colab"] = {"provenance": [], "toc_visible": True}
    for number, cell in _each(document):
        cell.metadata["id"] = f"a1B2c3{number}"
        cell.metadata["colab"] = {"base_uri": "https://localhost:8080/"}
        cell["id"] = f"a1B2c3{number}"
        if cell.cell_type == "code":
            cell.metadata["outputId"] = str(uuid.UUID(int=number))
            cell.metadata["executionInfo"] = {"status": "ok", "elapsed": 4, "user": {"userId": "0"}}
    document["nbformat_minor"] = 0


def deepnote(document: NotebookNode) -> None:
    document.metadata["deepnote"] = {"is_reactive": False}
    document.metadata["orig_nbformat"] = 2
    for number, cell in _each(document):
        cell.metadata |= {
            "cell_id": f"{number:032x}",
            "deepnote_cell_type": "code" if cell.cell_type == "code" else "text-cell-p",
            "deepnote_to_be_reexecuted": False,
            "source_hash": "f00",
            "execution_millis": 12,
        }


def vscode(document: NotebookNode) -> None:
    document.metadata["language_info"] = {"name": "python", "version": "3.13.1"}
    document.metadata["kernelspec"] = {
        "display_name": ".venv",
        "language": "python",
        "name": "python3",
    }
    document.metadata["vscode"] = {"interpreter": {"hash": "31f2aee4e71d21fb"}}
    for _, cell in _each(document):
        cell.metadata["vscode"] = {"languageId": "python"}
        cell.pop("id", None)
    document["nbformat_minor"] = 2


def kaggle(document: NotebookNode) -> None:
    document.metadata["kaggle"] = {"accelerator": "none", "dataSources": [], "isGpuEnabled": False}
    for _, cell in _each(document):
        cell.metadata |= {
            "_uuid": "8f2839f25d086af736a60e9eeb907d3b93b6e0e5",
            "_cell_guid": "b1076dfc-b9ad-4769-8c92-a6c4dae69d19",
            "trusted": True,
            "execution": {"iopub.status.busy": "2026-11-20T10:00:00.000000Z"},
        }


def jetbrains(document: NotebookNode) -> None:
    document.metadata["kernelspec"] = {"display_name": "Python 3", "name": "pycharm-1a2b3c"}
    for _, cell in _each(document):
        cell.metadata |= {
            "jupyter": {"outputs_hidden": False},
            "pycharm": {"name": "#%%\n", "is_executing": True},
            "ExecuteTime": {"end_time": "2026-11-20T10:00:00"},
        }


def nteract(document: NotebookNode) -> None:
    document.metadata["nteract"] = {"version": "0.28.0"}
    for _, cell in _each(document):
        cell.metadata |= {"inputHidden": False, "outputHidden": False, "collapsed": True}


def datalore(document: NotebookNode) -> None:
    document.metadata["datalore"] = {"computation_mode": "JUPYTER", "version": 3}
    for _, cell in _each(document):
        cell.metadata["datalore"] = {"node_id": "x", "hide_input_from_viewers": True}


def sagemaker(document: NotebookNode) -> None:
    document.metadata |= {"instance_type": "ml.t3.medium", "availableInstances": [{"name": "x"}]}


def azure(document: NotebookNode) -> None:
    for _, cell in _each(document):
        cell.metadata |= {"azdata_cell_guid": "x", "gather": {"logged": 1}, "language": "python"}


def noteable(document: NotebookNode) -> None:
    document.metadata["noteable"] = {"last_transaction_id": "x"}
    for _, cell in _each(document):
        cell.metadata["noteable"] = {"cell_type": "code"}
        cell["id"] = str(uuid.UUID(int=7 + _))


def lab_four(document: NotebookNode) -> None:
    for _, cell in _each(document):
        cell.metadata |= {"editable": True, "slideshow": {"slide_type": ""}, "tags": []}
        cell.metadata["jupyter"] = {"source_hidden": True}


def collaborative(document: NotebookNode) -> None:
    for number, cell in _each(document):
        cell["id"] = str(uuid.UUID(int=number + 1))
        cell.metadata["trusted"] = True


def spellchecker(document: NotebookNode) -> None:
    document.metadata |= {
        "varInspector": {"window_display": True},
        "toc": {"base_numbering": 1},
        "latex_envs": {"LaTeX_envs_menu_present": True},
        "widgets": {"application/vnd.jupyter.widget-state+json": {"state": {}}},
        "hide_input": False,
    }


def other_kernel(document: NotebookNode) -> None:
    document.metadata["kernelspec"] = {"display_name": "Pyodide", "name": "python"}
    document.metadata["language_info"] = {"name": "python", "version": "3.14.0", "mimetype": "x"}


def no_kernel(document: NotebookNode) -> None:
    document.metadata.pop("kernelspec", None)
    document.metadata.pop("language_info", None)


def tags_everywhere(document: NotebookNode) -> None:
    for _, cell in _each(document):
        cell.metadata["tags"] = ["hide-input", "raises-exception", "parameters"]


def ran_often(document: NotebookNode) -> None:
    for number, cell in _each(document):
        if cell.cell_type == "code":
            cell["execution_count"] = 977 - number
            cell["outputs"] = [v4.new_output("stream", name="stderr", text="old warning\n")]


def stopped(document: NotebookNode) -> None:
    for _, cell in _each(document):
        if cell.cell_type == "code":
            cell["outputs"] = [
                v4.new_output("error", ename="KeyboardInterrupt", evalue="", traceback=["^C"])
            ]


def numeric_ids(document: NotebookNode) -> None:
    for number, cell in _each(document):
        cell["id"] = number


def same_ids(document: NotebookNode) -> None:
    for _, cell in _each(document):
        cell["id"] = "cell"


def no_ids(document: NotebookNode) -> None:
    for _, cell in _each(document):
        cell.pop("id", None)


PROGRAMS: list[Callable[[NotebookNode], None]] = [
    colab,
    deepnote,
    vscode,
    kaggle,
    jetbrains,
    nteract,
    datalore,
    sagemaker,
    azure,
    noteable,
    lab_four,
    collaborative,
    spellchecker,
    other_kernel,
    no_kernel,
    tags_everywhere,
    ran_often,
    stopped,
    numeric_ids,
    same_ids,
    no_ids,
]
for program in PROGRAMS:
    apps.add(program.__name__.replace("_", "-"), edited(program))


def bare(document: NotebookNode) -> None:
    """Leave nothing but kind and text, as tools do that keep notebooks as plain text."""
    for _, cell in _each(document):
        cell.pop("id", None)
        cell["metadata"] = NotebookNode()


def jupytext(document: NotebookNode) -> None:
    bare(document)
    document.metadata["jupytext"] = {"text_representation": {"format_name": "percent"}}
    for _, cell in _each(document):
        cell["source"] = cell.source.strip() + "\n"


def databricks(document: NotebookNode) -> None:
    bare(document)
    document.metadata["application/vnd.databricks.v1+notebook"] = {"dashboards": []}
    for number, cell in _each(document):
        cell.metadata["application/vnd.databricks.v1+cell"] = {"nuid": f"x{number}", "title": ""}


def marimo(document: NotebookNode) -> None:
    bare(document)
    for number, cell in _each(document):
        cell["id"] = "HbolMJUevb"[number % 10] * 4
    document.cells.insert(0, v4.new_code_cell("import marimo as mo" and "import math"))


def deepnote_without(document: NotebookNode) -> None:
    bare(document)
    deepnote(document)


def with_a_text_before(document: NotebookNode) -> None:
    bare(document)
    document.cells.insert(-1, v4.new_markdown_cell("---"))


WRITTEN = toy.RIGHT | {"reflection": ESSAY}
for program in (bare, jupytext, databricks, marimo, deepnote_without):
    lost.add(
        program.__name__.replace("_", "-"),
        edited(program, WRITTEN),
        present=("The queue's length on the door.",),
        absent=("What would you change in the queue",),
    )
lost.add(
    "with-a-text-before", edited(with_a_text_before, WRITTEN), look=True, told="read all of them"
)
lost.add("and-nothing-written", edited(bare, toy.RIGHT | {"reflection": ""}), look=True)
lost.add(
    "question-kept-above-the-answer",
    edited(
        bare,
        toy.RIGHT | {"reflection": f"What would you change in the queue, and why?\n\n{ESSAY}"},
    ),
    present=("The queue's length on the door.",),
)
