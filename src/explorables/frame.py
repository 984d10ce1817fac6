"""What stands around the marks of a plot: its words, its ticks, its scales."""

from explorables.numbers import fixed, ticks, with_unit
from explorables.palette import SOFT
from explorables.strokes import (
    LABEL,
    TICK,
    TITLE,
    dash_of,
    filled,
    rect,
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
        self.ends: list = []  # of lines with names: y, x, name, role
        names = len(plot.names())
        self.flat = plot.y is None  # horizontal bars
        self.x = plot.x or (-0.5, names - 0.5)
        self.y = plot.y or (names - 0.5, -0.5)
        self._frame()

    # The frame: what the words and ticks need, then what is left for the plot.

    def _frame(self):
        plot, width = self.plot, self.width
        self.title = wrapped(plot.title, TITLE, width) if plot.title else []
        self.heading = wrapped(plot.y_label, TICK, width) if plot.y_label else []
        self.keys = [mark for mark in plot.marks if mark.key]
        top = 6 + 19 * len(self.title) + 17 * len(self.heading) + (20 if self.keys else 0)
        self.top = top + 8
        ends = [text_width(mark.end, LABEL) for mark in plot.marks if mark.end]
        widest = max(ends) if ends else 0
        # Names of lines stand to the right of them where there is room.
        self.beside = widest <= 0.3 * width
        # A marker at the end of a line pushes its name on.
        self.reach = max([6] + [mark.reach for mark in plot.marks])
        self.right = width - (widest + self.reach + 8 if ends and self.beside else 14)
        if self.flat:
            widest = max([0] + [text_width(name) for name in plot.names()])
            self.above = widest > 0.36 * width
            self.left = 4 if self.above else widest + 12
            for mark in plot.marks:
                if mark.names:
                    self.right = min(self.right, width - 10 - mark.room())
        else:
            self.left = 14.0
        self.bottom = self.top + plot.height - 24
        self.y_marks = [] if self.flat else self._tick_texts("y", self.bottom - self.top, 46)
        if self.y_marks:
            self.left = 10 + max([text_width(words, TICK) for _at, words in self.y_marks])
        if plot.square:
            unit = (self.right - self.left) / abs(self.x[1] - self.x[0])
            self.bottom = self.top + unit * abs(self.y[1] - self.y[0])
        self.x_marks = self._tick_texts("x", self.right - self.left, 76)
        self.total = self.bottom + (22 if self.x_marks or not self.flat else 4)
        self.footing = wrapped(plot.x_label, TICK, width - self.left) if plot.x_label else []
        self.total += 17 * len(self.footing)

    def _tick_texts(self, axis, length, room):
        span = getattr(self.plot, axis)
        given, places, unit = self.plot.ticks[axis]
        if span is None:
            return list(enumerate(self.plot.names()))
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
            mark.box(self, x, y - 9)
            self.parts.append(text(x + 20, y, mark.key, size=TICK, style="soft"))
            x += 36 + text_width(mark.key, TICK)
        y = self.total - 17 * len(self.footing) + 11
        for words in self.footing:
            self.parts.append(text(self.right, y, words, anchor="end", size=TICK, style="soft"))
            y += 17

    def _axes(self):
        for at, words in self.y_marks:
            y = self.py(at)
            self.parts.append(rule(self.left, y, self.right, y))
            self.parts.append(
                text(self.left - 7, y + 4, words, anchor="end", size=TICK, style="soft")
            )
        last = -self.width
        for at, words in self.x_marks:
            x = self.px(at)
            if self.flat:
                self.parts.append(rule(x, self.top, x, self.bottom))
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
            self.parts.append(rule(zero, self.top, zero, self.bottom, "axis"))
        else:
            zero = self.py(min(max(0, min(self.y)), max(self.y)))
            self.parts.append(rule(self.left, zero, self.right, zero, "axis"))

    def bar(self, x, y, width, height, role, outline):
        """Return a bar, or its dashed outline."""
        if outline:
            paint = 'fill="none" stroke="%s" stroke-width="1.5"%s class="xp-axis"' % (
                SOFT,
                dash_of("4 3"),
            )
        else:
            paint = filled(role)
        return rect(x, y, width, height, paint, 2)
