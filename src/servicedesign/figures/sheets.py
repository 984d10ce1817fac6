"""Filled-in forms: tables that read the same in a notebook, on the page and to a listener."""

import html
from collections.abc import Sequence
from typing import Any

from explorables import cells


class Sheet:
    """A form of the course, filled in.

    Parameters
    ----------
    headers : sequence of str
        Names of the columns; the first column names the row.
    rows : sequence of sequence of str
        As many texts in each row as there are headers.
    caption : str
        What the form is and whose it is.

    Raises
    ------
    ValueError
        If a row has not as many cells as there are headers, or the caption is empty.
    """

    def __init__(self, headers: Sequence[str], rows: Sequence[Sequence[str]], caption: str) -> None:
        if not caption.strip():
            raise ValueError(f"caption must say something, got {caption!r}")
        for place, row in enumerate(rows, start=1):
            if len(row) != len(headers):
                raise ValueError(
                    f"row {place} has {len(row)} cells, and there are {len(headers)} headers"
                )
        self.headers, self.rows, self.caption = list(headers), [list(r) for r in rows], caption

    def _repr_html_(self) -> str:
        head = "".join(
            f'<th scope="col" role="columnheader">{html.escape(name)}</th>' for name in self.headers
        )
        body = []
        for first, *others in self.rows:
            cells = "".join(
                f'<td role="cell" data-label="{html.escape(name)}">{html.escape(text)}</td>'
                for name, text in zip(self.headers[1:], others, strict=True)
            )
            named = f'<th scope="row" role="rowheader">{html.escape(first)}</th>'
            body.append(f'<tr role="row">{named}{cells}</tr>')
        return (
            '<table class="sb-table sb-stacks" role="table">'
            f"<caption>{html.escape(self.caption)}</caption>"
            f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n'
            '<tbody role="rowgroup">\n' + "\n".join(body) + "\n</tbody></table>"
        )

    def _repr_mimebundle_(self, **_wanted: object) -> dict[str, Any]:
        return cells.bundle("sheet", {}, self._repr_html_(), repr(self))

    def __repr__(self) -> str:
        """Return the form in words, a line for each row."""
        lines = [self.caption]
        for first, *others in self.rows:
            told = "; ".join(
                f"{name}: {text}"
                for name, text in zip(self.headers[1:], others, strict=True)
                if text
            )
            lines.append(f"{first}: {told}" if told else first)
        return "\n".join(lines)
