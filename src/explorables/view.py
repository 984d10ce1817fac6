"""What a figure shows at one setting: pictures, a sentence, the data behind them."""

GAP = 20  # px between panels that stand side by side
NARROW = 320  # px: a phone
WIDE = 640  # px: a text column on a laptop, less the frame around the figure
STACK_BELOW = 540  # px: under this width panels stand on each other


class View:
    """One drawing with its words.

    Parameters
    ----------
    figures : object or list
        Anything with ``render(width) -> str`` that returns an SVG element, or a
        list of them: side by side in a wide column, stacked in a narrow one.
        A figure may have a ``share`` (default 1): its part of a wide column.
    summary : str
        One sentence that says in words what is to be seen, units included.
    table : tuple of (list of str, list of list of str), optional
        Headers and rows, as text: the data behind the figure.

    Raises
    ------
    TypeError, ValueError
        If a part is missing or is not what it should be.
    """

    def __init__(self, figures, summary, table=None):
        figures = list(figures) if isinstance(figures, (list, tuple)) else [figures]
        if not figures:
            raise ValueError("a View needs at least one figure")
        for figure in figures:
            if not hasattr(figure, "render"):
                raise TypeError(f"a figure needs render(width), got {figure!r}")
        if not isinstance(summary, str) or not summary.strip():
            raise ValueError(f"a View needs a summary in words, got {summary!r}")
        if table is not None:
            _check_table(table[0], table[1])
        self.figures = figures
        self.summary = summary
        self.table = table

    def render(self, width: int) -> str:
        """Return the pictures as SVG elements for a column of ``width`` px."""
        if width < STACK_BELOW or len(self.figures) == 1:
            return "".join([figure.render(width) for figure in self.figures])
        shares = [getattr(figure, "share", 1) for figure in self.figures]
        room = width - GAP * (len(shares) - 1)
        total = 0.0
        for share in shares:
            total += share
        return "".join(
            [
                figure.render(int(room * share / total))
                for figure, share in zip(self.figures, shares)
            ]
        )


def _check_table(headers, rows):
    lines = [headers]
    lines.extend(rows)
    for row in lines:
        if len(row) != len(headers):
            raise ValueError(f"row {row!r} of the table has not {len(headers)} cells")
        for cell in row:
            if not isinstance(cell, str):
                raise TypeError(
                    f"table cell {cell!r} must be text: format it with explorables.numbers"
                )
