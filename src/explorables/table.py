"""A control for things that are described by the same controls, row by row."""

from explorables.controls import Choice, Control, Slider, Toggle
from explorables.language import _


class Table(Control):
    """A few things that are described by the same controls, one row each.

    Parameters
    ----------
    name, label : str
        The argument's name and what the reader sees.
    columns : list of Slider, Choice or Toggle
        One control a column; a column's own ``value`` is what a row starts
        with when the row does not say.
    rows : list of dict
        Each with "label" (the row's title) and start values by column name.
    row_label : str
        What a row is, such as "offer": the heading above the titles.
    kind, source, help : str
        As for `Slider`, for the whole table.

    ``draw`` receives a list of dicts: "label" and a value for every column.
    """

    def __init__(self, name, label, columns, rows, kind="input", row_label="", source="", help=""):
        Control.__init__(self, name, label, kind, source, help)
        _check_columns(name, columns)
        _check_rows(name, columns, rows)
        self.columns = columns
        self.row_label = row_label
        self.labels = [row["label"] for row in rows]
        starts = [{c.name: row.get(c.name, c.value) for c in columns} for row in rows]
        problem = ""
        try:
            self.value = self.read(starts)
        except ValueError as error:
            problem = str(error)
        if problem:
            raise ValueError(f"table {name!r}: {problem}")
        for row, clean in zip(rows, self.value):
            for column in columns:
                start = row.get(column.name, column.value)
                if isinstance(column, Slider) and abs(clean[column.name] - start) > 1e-9:
                    raise ValueError(
                        f"table {name!r}: {column.name} {start} of row {row['label']!r} "
                        f"is not on the grid of steps of {column.step}"
                    )

    def read(self, raw):
        """Return the rows with clean values; ValueError names the row and the column."""
        if not isinstance(raw, (list, tuple)) or len(raw) != len(self.labels):
            raise ValueError(
                _("{label} needs {n} rows.").format(label=self.label, n=len(self.labels))
            )
        rows = []
        problem = ""
        for label, cells in zip(self.labels, raw):
            row = {"label": label}
            for column in self.columns:
                try:
                    row[column.name] = column.read(cells.get(column.name, column.value))
                except ValueError as error:
                    problem = problem or f"{label}: {error}"
            rows.append(row)
        if problem:  # not raised above: MicroPython knows no chained errors
            raise ValueError(problem)
        return rows

    def text(self, value) -> str:
        """Return the rows in words."""
        return "; ".join(
            [
                row["label"] + ": " + ", ".join([c.text(row[c.name]) for c in self.columns])
                for row in value
            ]
        )


def _check_columns(name, columns):
    if not columns:
        raise ValueError(f"table {name!r} needs at least one column")
    for column in columns:
        if not isinstance(column, (Slider, Choice, Toggle)):
            raise TypeError(f"table {name!r}: column {column!r} must be a Slider, Choice or Toggle")
    names = [column.name for column in columns]
    if len(set(names)) < len(names) or "label" in names:
        raise ValueError(
            f"table {name!r}: columns must have different names, none of them 'label': {names}"
        )


def _check_rows(name, columns, rows):
    if not rows:
        raise ValueError(f"table {name!r} needs at least one row")
    names = [column.name for column in columns] + ["label"]
    labels = []
    for row in rows:
        for key in row:
            if key not in names:
                raise ValueError(f"table {name!r}: row {row!r} sets {key!r}, which is no column")
        if not row.get("label") or row["label"] in labels:
            raise ValueError(f"table {name!r}: row {row!r} needs a 'label' of its own")
        labels.append(row["label"])
