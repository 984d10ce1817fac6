"""What a printed page looks like, measured on the sheets of its PDF."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pypdfium2

# Running head and foot lie outside of this; in shares of the sheet's height.
TOP, FOOT = 0.06, 0.93
INK = 245  # of 255: anything darker is ink, a tinted ground is not


@dataclass(frozen=True)
class Sheet:
    """One sheet of paper."""

    number: int
    empty: float
    """Share of the height between head and foot that lies below the last ink."""
    edge: float
    """Points between the ink and the nearer edge of the sheet, left or right."""
    text: str
    """Its words without any space."""
    last: str
    """The lowest line of text above the foot, without any space."""


def sheets(pdf: bytes) -> list[Sheet]:
    """Return the sheets of a PDF, measured."""
    document = pypdfium2.PdfDocument(pdf)
    return [_measured(document[number], number + 1) for number in range(len(document))]


def _measured(page: pypdfium2.PdfPage, number: int) -> Sheet:
    wide, high = page.get_size()
    grey = page.render(scale=1, grayscale=True).to_numpy()
    grey = grey.reshape(grey.shape[:2])
    body = grey[int(len(grey) * TOP) : int(len(grey) * FOOT)] < INK
    rows, columns = np.flatnonzero(body.any(axis=1)), np.flatnonzero((grey < INK).any(axis=0))
    text = page.get_textpage()
    return Sheet(
        number=number,
        empty=float(1 - (rows[-1] + 1) / len(body)) if len(rows) else 1.0,
        edge=float(min(columns[0], wide - columns[-1] - 1)) if len(columns) else wide,
        text="".join(text.get_text_range().split()),
        last=_last_line(text, high),
    )


def _last_line(text: pypdfium2.PdfTextPage, high: float) -> str:
    """Return the lowest line between head and foot."""
    letters = []
    for at in range(text.count_chars()):
        left, bottom, right, _top = text.get_charbox(at)
        if bottom >= (1 - FOOT) * high and right > left:
            letters.append((bottom, left, at))
    base = min(letters, default=(0, 0, 0))[0]
    line = sorted((left, at) for bottom, left, at in letters if bottom - base < 5)
    return "".join(text.get_text_range(at, 1) for _left, at in line).strip()
