"""Numbers in the prose: the role `eval` shows what the notebook computed.

`make notebooks` stores the value of each `{eval}` expression in the metadata of
its Markdown cell, as `user_expressions`, the way jupyterlab-myst does; the page
shows exactly that, so the prose never holds a typed result.
"""

from __future__ import annotations

import ast
import json
from functools import lru_cache
from pathlib import Path
from typing import TYPE_CHECKING, Any

from docutils import nodes
from sphinx.util import logging
from sphinx.util.docutils import SphinxRole

if TYPE_CHECKING:
    from sphinx.application import Sphinx

logger = logging.getLogger(__name__)


class ValueMissingError(LookupError):
    """Raised with the remedy when a notebook holds no value for an expression."""


@lru_cache(maxsize=32)
def _cells(file: Path, _changed: int) -> list[dict[str, dict[str, Any]]]:
    """Return, for each cell of a notebook, its stored results by expression."""
    notebook = json.loads(file.read_text("utf-8"))
    return [
        {
            stored["expression"]: stored["result"]
            for stored in cell["metadata"].get("user_expressions", [])
        }
        for cell in notebook["cells"]
    ]


def value(file: Path, cell: int, expression: str) -> str:
    """Return the text that `expression` has in a notebook's Markdown cell.

    Parameters
    ----------
    file
        The notebook.
    cell
        Place of the cell, counted from 0.
    expression
        The expression between the backticks.

    Raises
    ------
    ValueMissingError
        If the notebook stores no value, or stores an error.
    """
    if file.suffix != ".ipynb":
        raise ValueMissingError("only a notebook computes values; write the number as words here")
    stored = _cells(file, file.stat().st_mtime_ns)
    here = stored[cell] if 0 <= cell < len(stored) else {}
    if expression not in here:
        raise ValueMissingError("the notebook stores no value for it; run `make notebooks`")
    result = here[expression]
    if result.get("status") != "ok":
        said = f"{result.get('ename', 'error')}: {result.get('evalue', '')}"
        raise ValueMissingError(f"it raised {said}; define it in a code cell above")
    shown = str(result["data"]["text/plain"])
    try:
        literal = ast.literal_eval(shown)
    except (ValueError, SyntaxError):
        return shown
    return literal if isinstance(literal, str) else shown


class EvalRole(SphinxRole):
    """Show a stored value."""

    def run(self) -> tuple[list[nodes.Node], list[nodes.system_message]]:
        """Return the value as text, or warn with the remedy."""
        file = Path(self.env.doc2path(self.env.docname))
        try:
            shown = value(file, self.lineno // 10000 - 1, self.text)
        except ValueMissingError as problem:
            logger.warning(
                "cannot show {eval}`%s`: %s",
                self.text,
                problem,
                location=self.get_location(),
                type="studybook",
                subtype="eval",
            )
            shown = self.text
        return [nodes.inline("", shown, classes=["sb-value"])], []


def setup(app: Sphinx) -> None:
    """Take over the role from MyST-NB, whose values need a kernel while the page is read."""
    app.add_role("eval", EvalRole(), override=True)
