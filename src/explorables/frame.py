"""What stands around the marks of a plot: its words, its ticks, its scales."""

from explorables.numbers import fixed, plain, ticks, with_unit
from explorables.strokes import (
    GRID,
    LABEL,
    ROLES,
    SOFT,
    TICK,
    TITLE,
    rule,
    text,
    text_width,
    wrapped,
)


class Frame:
    """The frame of one rendering of a plot, its scales, and what is already taken."""

    def __init__(self, plot, width):
        self.plot = plot
        self.width = width
        self.parts: list = []
        self.taken: list = []
        self.late: list = []
        names = len(plot._names)
        self.flat = plot.y is None  # horizontal bars
        self.x = plot.x or (-0.5, names - 0.5)
        self.y = plot.y or (names - 0.5, -0.5)
        self._frame()

    # The frame: what the words and ticks need, then what is left for the plot.

    def _frame(self):
        plot, width = self.plot, self.width
        self.title = wrapped(plot.title, TITLE, width) if plot.title else []
        self.heading = wrapped(plot.y_label, TICK, width) if plot.y_label else []
        self.keys = [m for m in plot._marks if m[0] in ("bars", "area") and m[3]]
        top = 6 + 19 * len(self.title) + 17 * len(self.heading) + (20 if self.keys else 0)
        self.top = top + 8
        self.ends = [text_width(m[3], LABEL) for m in plot._marks if m[0] == "curve" and m[3]]
        widest = max(self.ends) if self.ends else 0
        # Names of lines stand to the right of them where there is room.
        self.beside = widest <= 0.3 * width
        # A marker at the end of a line pushes its name on.
        self.reach = max([6] + [m[3] + 4 for m in plot._marks if m[0] == "dots"])
        self.right = width - (widest + self.reach + 8 if self.ends and self.beside else 14)
        if self.flat:
            widest = max([0] + [text_width(name) for name in plot._names])
            self.above = widest > 0.36 * width
            self.left = 4 if self.above else widest + 12
            for mark in plot._marks:
                if mark[0] == "bars":
                    texts = [text_width(item[2]) for item in mark[1] if len(item) > 2 and item[1]]
                    self.right = min(self.right, width - 10 - max(texts or [0]))
        else:
            self.left = 14.0
        self.bottom = self.top + plot.height - 24
        self.y_marks = [] if self.flat else self._tick_texts("y", self.bottom - self.top, 46)
        if self.y_marks:
            self.left = 10 + max([text_width(words, TICK) for _at, words in self.y_marks])
        self.x_marks = self._tick_texts("x", self.right - self.left, 76)
        self.total = self.bottom + (22 if self.x_marks or not self.flat else 4)
        self.footing = wrapped(plot.x_label, TICK, width - self.left) if plot.x_label else []
        self.total += 17 * len(self.footing)

    def _tick_texts(self, axis, length, room):
        span = getattr(self.plot, axis)
        given, places, unit = self.plot._ticks[axis]
        if span is None:
            return list(enumerate(self.plot._names))
        if given is None:
            given, needed = ticks(span[0], span[1], max(2, int(length / room)))
        else:
            needed = 0
        places = needed if places is None else places
        return [
            tuple(t) if isinstance(t, (list, tuple)) else (t, with_unit(fixed(t, places), unit))
            for t in given
        ]

    def px(self, x):
        """Return where ``x`` lies, in px from the left."""
        return self.left + (self.right - self.left) * (x - self.x[0]) / (self.x[1] - self.x[0])

    def py(self, y):
        """Return where ``y`` lies, in px from the top."""
        return self.bottom - (self.bottom - self.top) * (y - self.y[0]) / (self.y[1] - self.y[0])

    def _words(self):
        y = 15
        for words in self.title:
            self.parts.append(text(0, y, words, size=TITLE, bold=True))
            y += 19
        for words in self.heading:
            self.parts.append(text(0, y, words, size=TICK, style="soft"))
            y += 17
        x = 0.0
        for mark in self.keys:
            role = mark[2] if isinstance(mark[2], int) else mark[2][0]
            self.parts.append(self._box(x, y - 9, 14, 10, role, mark[0] == "bars" and mark[4]))
            self.parts.append(text(x + 20, y, mark[3], size=TICK, style="soft"))
            x += 36 + text_width(mark[3], TICK)
        y = self.total - 17 * len(self.footing) + 11
        for words in self.footing:
            self.parts.append(text(self.right, y, words, anchor="end", size=TICK, style="soft"))
            y += 17

    def _axes(self):
        for at, words in self.y_marks:
            y = self.py(at)
            self.parts.append(rule(self.left, y, self.right, y, GRID, "xp-grid"))
            self.parts.append(
                text(self.left - 7, y + 4, words, anchor="end", size=TICK, style="soft")
            )
        last = -self.width
        for at, words in self.x_marks:
            x = self.px(at)
            if self.flat:
                self.parts.append(rule(x, self.top, x, self.bottom, GRID, "xp-grid"))
            half = text_width(words, TICK) / 2
            middle = min(max(x, half), self.width - half)
            if middle - half > last + 4:
                self.parts.append(
                    text(middle, self.bottom + 17, words, anchor="middle", size=TICK, style="soft")
                )
                last = middle + half
        if not self.plot.frame:
            return
        if self.flat:
            zero = self.px(min(max(0, min(self.x)), max(self.x)))
            self.parts.append(rule(zero, self.top, zero, self.bottom, SOFT, "xp-axis"))
        else:
            zero = self.py(min(max(0, min(self.y)), max(self.y)))
            self.parts.append(rule(self.left, zero, self.right, zero, SOFT, "xp-axis"))

    def _box(self, x, y, width, height, role, group):
        paint = 'fill="%s" class="xp-f%d"' % (ROLES[role], role)
        if group is None:
            paint = 'fill="none" stroke="%s" stroke-width="1.5" stroke-dasharray="4 3" ' % SOFT
            paint += 'class="xp-axis"'
        return '<rect x="%s" y="%s" width="%s" height="%s" rx="2" %s/>' % (
            plain(x),
            plain(y),
            plain(width),
            plain(height),
            paint,
        )
