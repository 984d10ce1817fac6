"""HTML from data: a table that a narrow screen can read, and attributes in safe quotes."""

from __future__ import annotations

from collections.abc import Sequence
from html import escape


def table(
    headers: Sequence[str], rows: Sequence[Sequence[str]], caption: str = "", stacks: bool = True
) -> str:
    """Return a table whose first column names the row.

    Parameters
    ----------
    headers
        Column names as plain text.
    rows
        Cells as HTML.
    caption
        Plain text above the table; none if empty.
    stacks
        Whether a narrow screen shows one row as a card.  The explicit roles keep
        it a table for a screen reader when the style sheet does that.
    """
    named = f"<caption>{escape(caption)}</caption>" if caption else ""
    head = "".join(f'<th scope="col" role="columnheader">{escape(name)}</th>' for name in headers)
    body = []
    for first, *others in rows:
        cells = "".join(
            f'<td role="cell"{attributes(data_label=name)}>{cell}</td>'
            for name, cell in zip(headers[1:], others, strict=True)
        )
        body.append(f'<tr role="row"><th scope="row" role="rowheader">{first}</th>{cells}</tr>')
    kind = "sb-table sb-stacks" if stacks else "sb-table"
    return (
        f'<table class="{kind}" role="table">{named}'
        f'<thead role="rowgroup"><tr role="row">{head}</tr></thead>\n'
        f'<tbody role="rowgroup">\n' + "\n".join(body) + "\n</tbody></table>"
    )


def attributes(**values: str | int | float | None) -> str:
    """Return HTML attributes, `data_kind` as `data-kind`; None leaves one out."""
    return "".join(
        f' {name.rstrip("_").replace("_", "-")}="{_quoted(value)}"'
        for name, value in values.items()
        if value is not None
    )


def _quoted(value: str | float) -> str:
    return str(value).replace("&", "&amp;").replace('"', "&quot;").replace("<", "&lt;")
