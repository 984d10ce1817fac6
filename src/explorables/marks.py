"""The marks of a plot: each knows what it shows, and draws itself on a `Drawing`."""

from explorables.numbers import plain
from explorables.palette import DASHES
from explorables.strokes import filled, finite, handle, marker, path, polygon, text_width


class Mark:
    """What every mark may say before it is drawn, so that the frame leaves room for it."""

    names: tuple = ()  # of the bars, where an axis is given to them
    key = ""  # words for the line above the plot that tells what is what
    end = ""  # words that stand where a line ends
    reach = 0.0  # px that it takes to the right of its last point
    late = 1  # areas lie below the rest, labels above

    def room(self) -> float:
        """Return the px that the mark's words need to the right of the plot."""
        return 0.0


class Curve(Mark):
    """A line through (x, y) points; a point with None breaks it."""

    def __init__(self, points, role, label, dashed, width):
        self.points, self.role, self.end = list(points), role, label
        self.dashed, self.width = dashed, width

    def draw(self, on):
        """Draw the part of the line that lies inside the plot."""
        d: list = []
        at = before = None
        left, right, low, high = min(on.x), max(on.x), min(on.y), max(on.y)
        was_in = is_in = False
        for point in self.points:
            if not (finite(point[0]) and finite(point[1])):
                before = None
                continue
            was_in, is_in = is_in, left <= point[0] <= right and low <= point[1] <= high
            cut = None
            if before:
                # Most segments lie inside, and a page has little time to draw.
                cut = (before, point) if was_in and is_in else on.inside(before, point)
            if cut:
                if at is None or abs(at[0] - cut[0][0]) + abs(at[1] - cut[0][1]) > 1e-9:
                    d.append("M%s,%s" % (plain(on.px(cut[0][0])), plain(on.py(cut[0][1]))))
                d.append("L%s,%s" % (plain(on.px(cut[1][0])), plain(on.py(cut[1][1]))))
                at = cut[1]
            before = point
        if d:
            dash = (DASHES[self.role] or DASHES[2]) if self.dashed else ""
            on.parts.append(path("".join(d), self.role, self.width, dash))
        if self.end and at:
            on.ends.append((on.py(at[1]), on.px(at[0]), self.end, self.role))


class Area(Mark):
    """A wash from zero to (x, y) points, or between (x, low, high) points."""

    late = 0

    def __init__(self, points, role, label):
        self.points, self.role, self.key = list(points), role, label

    def draw(self, on):
        """Draw the wash, cut to the plot."""
        upper: list = []
        lower: list = []
        for point in self.points:
            low, high = (0, point[1]) if len(point) == 2 else (point[1], point[2])
            x = on.px(min(max(point[0], min(on.x)), max(on.x)))
            for side, y in ((upper, high), (lower, low)):
                side.append((x, on.py(min(max(y, min(on.y)), max(on.y)))))
        on.parts.append(polygon(upper + lower[::-1], filled(self.role, "0.18")))

    def box(self, on, x, y):
        """Draw the sign of the key."""
        on.parts.append(on.bar(x, y, 14, 10, self.role, False))


class Bars(Mark):
    """A bar for every (name, value) or (name, value, text)."""

    def __init__(self, items, role, label, group):
        self.items, self.role, self.key = list(items), role, label
        self.group = group  # the bars of a name stand side by side; None for an outline
        self.names = tuple([item[0] for item in self.items])

    def room(self) -> float:
        """Return how wide the longest text at a bar is."""
        return max([0] + [text_width(item[2]) for item in self.items if len(item) > 2 and item[1]])

    def draw(self, on):
        """Draw the bars, lying or standing, with their texts at their ends."""
        names = on.plot.names()
        groups = max(on.plot.groups(), 1)
        ends, place = (on.x, on.px) if on.flat else (on.y, on.py)
        length = (on.bottom - on.top) if on.flat else (on.right - on.left)
        band = length / len(names)
        lead = 16 if on.flat and on.above else 0
        thick = min((band - lead) * 0.72, 46.0)
        for k, item in enumerate(self.items):
            slot = names.index(item[0])
            start = slot * band + lead + (band - lead - thick) / 2
            start += on.top if on.flat else on.left
            share = thick / groups
            if self.group is not None:
                start, deep = start + self.group * share, share - (2 if groups > 1 else 0)
            else:
                start, deep = start - 2, thick + 4
            tone = self.role[k] if isinstance(self.role, (list, tuple)) else self.role
            value = item[1]
            zero = place(min(max(0, min(ends)), max(ends)))
            tip = zero if value is None else place(min(max(value, min(ends)), max(ends)))
            low, size = min(zero, tip), abs(tip - zero)
            outline = self.group is None
            if value is not None and on.flat:
                on.parts.append(on.bar(low, start, size, deep, tone, outline))
            elif value is not None:
                on.parts.append(on.bar(start, low, deep, size, tone, outline))
            words = item[2] if len(item) > 2 else ""
            middle = start + deep / 2
            if on.flat and self.group in (0, None):
                on.name(item[0], slot, band, lead)
            if words and on.flat:
                left = value is not None and value < 0
                on.put(tip + (-6 if left else 6), middle + 4.5, words, "end" if left else "start")
            elif words:
                below = value is not None and value < 0
                on.put(middle, tip + (15 if below else -6), words, "middle")

    def box(self, on, x, y):
        """Draw the sign of the key."""
        role = self.role if isinstance(self.role, int) else self.role[0]
        on.parts.append(on.bar(x, y, 14, 10, role, self.group is None))


class Dots(Mark):
    """A marker on every (x, y) point."""

    def __init__(self, points, role, radius, label, shape):
        self.points, self.role, self.radius = list(points), role, radius
        self.label, self.shape = label, shape
        self.reach = radius + 4

    def draw(self, on):
        """Draw the markers that lie inside the plot, and the label at the last of them."""
        at = None
        r = self.radius
        for point in self.points:
            if finite(point[0]) and finite(point[1]) and on.inside(point, point):
                at = on.px(point[0]), on.py(point[1])
                on.parts.append(marker(at[0], at[1], self.role, r, self.shape))
                on.taken.append((at[0] - r, at[1] - r, at[0] + r, at[1] + r))
        if self.label and at:
            on.free(at[0], at[1], self.label, "start", self.role, r + 5)


class Line(Mark):
    """A straight line for reference, its label at the second end."""

    def __init__(self, ends, role, dashed, label):
        self.ends, self.role, self.dashed, self.label = ends, role, dashed, label

    def draw(self, on):
        """Draw the part of the line that lies inside the plot."""
        cut = on.inside(self.ends[:2], self.ends[2:])
        if cut:
            (x1, y1), (x2, y2) = [(on.px(x), on.py(y)) for x, y in cut]
            d = "M%s,%sL%s,%s" % (plain(x1), plain(y1), plain(x2), plain(y2))
            on.parts.append(path(d, self.role, 1.5, DASHES[0] if self.dashed else ""))
            if self.label:
                anchor = "end" if x2 > (on.left + on.right) / 2 else "start"
                on.free(x2, y2, self.label, anchor, self.role, 6)


class Handle(Mark):
    """A point that readers can pull, along one axis or both."""

    def __init__(self, at, right, up, unit):
        self.at, self.right, self.up, self.unit = at, right, up, unit

    def draw(self, on):
        """Note the place, and how far a unit of each axis takes it."""
        x, y = on.px(self.at[0]), on.py(self.at[1])
        moves = []
        if self.right:
            moves.append((self.right, on.px(self.at[0] + self.unit) - x, 0))
        if self.up:
            moves.append((self.up, 0, on.py(self.at[1] + self.unit) - y))
        on.parts.append(handle(x, y, moves))


class Label(Mark):
    """Words beside a point, or at a fixed place from it."""

    late = 2

    def __init__(self, at, words, anchor, role, style, bold, shift):
        self.at, self.words, self.anchor, self.role = at, words, anchor, role
        self.style, self.bold, self.shift = style, bold, shift

    def draw(self, on):
        """Write the words."""
        x, y = self.at
        if not (finite(x) and finite(y)):
            return
        x, y = on.px(x), on.py(y)
        if self.shift:
            x, y = x + self.shift[0], y + self.shift[1]
            on.put(x, y, self.words, self.anchor, self.role, self.style, self.bold)
        else:
            on.free(x, y, self.words, self.anchor, self.role, 6, self.style, self.bold)
