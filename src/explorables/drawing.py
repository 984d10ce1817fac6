"""The marks of a plot, and the words among them, put where they cover least."""

from explorables.frame import Frame
from explorables.numbers import plain
from explorables.strokes import DASHES, ROLES, finite, marker, path, text, text_width


class Drawing(Frame):
    """One rendering of a plot: its frame with everything on it."""

    def drawn(self) -> list:
        """Return the elements of the whole plot."""
        self._words()
        self._axes()
        for mark in self.plot._marks:
            if mark[0] == "area":
                self._area(*mark[1:])
        for mark in self.plot._marks:
            if mark[0] not in ("area", "label"):
                getattr(self, "_" + mark[0])(*mark[1:])
        self._end_labels()
        for mark in self.plot._marks:
            if mark[0] == "label":
                self._label(*mark[1:])
        return self.parts

    # The marks.

    def _inside(self, a, b):
        """Cut the segment from ``a`` to ``b`` to the plot (Liang and Barsky 1984)."""
        start, end = 0.0, 1.0
        for low, high, p, q in (
            (min(self.x), max(self.x), a[0], b[0]),
            (min(self.y), max(self.y), a[1], b[1]),
        ):
            slack = (high - low) * 1e-9
            if p == q:
                if p < low - slack or p > high + slack:
                    return None
                continue
            t1, t2 = (low - slack - p) / (q - p), (high + slack - p) / (q - p)
            start, end = max(start, min(t1, t2)), min(end, max(t1, t2))
        if start > end:
            return None
        return [(a[0] + t * (b[0] - a[0]), a[1] + t * (b[1] - a[1])) for t in (start, end)]

    def _curve(self, points, role, label, dashed, width):
        d: list = []
        at = before = None
        left, right, low, high = min(self.x), max(self.x), min(self.y), max(self.y)
        was_in = is_in = False
        for point in points:
            if not (finite(point[0]) and finite(point[1])):
                before = None
                continue
            was_in, is_in = is_in, left <= point[0] <= right and low <= point[1] <= high
            cut = None
            if before:
                # Most segments lie inside, and a page has little time to draw.
                cut = (before, point) if was_in and is_in else self._inside(before, point)
            if cut:
                if at is None or abs(at[0] - cut[0][0]) + abs(at[1] - cut[0][1]) > 1e-9:
                    d.append("M%s,%s" % (plain(self.px(cut[0][0])), plain(self.py(cut[0][1]))))
                d.append("L%s,%s" % (plain(self.px(cut[1][0])), plain(self.py(cut[1][1]))))
                at = cut[1]
            before = point
        if d:
            dash = (DASHES[role] or DASHES[2]) if dashed else ""
            self.parts.append(path("".join(d), role, width, dash))
        if label and at:
            self.late.append((self.py(at[1]), self.px(at[0]), label, role))

    def _area(self, points, role, _label):
        upper: list = []
        lower: list = []
        for point in points:
            low, high = (0, point[1]) if len(point) == 2 else (point[1], point[2])
            x = self.px(min(max(point[0], min(self.x)), max(self.x)))
            for side, y in ((upper, high), (lower, low)):
                inside = min(max(y, min(self.y)), max(self.y))
                side.append(plain(x) + "," + plain(self.py(inside)))
        self.parts.append(
            '<polygon points="%s" fill="%s" fill-opacity="0.18" class="xp-f%d"/>'
            % (" ".join(upper + lower[::-1]), ROLES[role], role)
        )

    def _bars(self, items, role, _label, group):
        names = self.plot._names
        groups = max(self.plot._groups, 1)
        ends, place = (self.x, self.px) if self.flat else (self.y, self.py)
        length = (self.bottom - self.top) if self.flat else (self.right - self.left)
        band = length / len(names)
        lead = 16 if self.flat and self.above else 0
        thick = min((band - lead) * 0.72, 46.0)
        for k, item in enumerate(items):
            slot = names.index(item[0])
            start = slot * band + lead + (band - lead - thick) / 2
            start += self.top if self.flat else self.left
            share = thick / groups
            if group is not None:
                start, deep = start + group * share, share - (2 if groups > 1 else 0)
            else:
                start, deep = start - 2, thick + 4
            tone = role[k] if isinstance(role, (list, tuple)) else role
            value = item[1]
            zero = place(min(max(0, min(ends)), max(ends)))
            tip = zero if value is None else place(min(max(value, min(ends)), max(ends)))
            low, size = min(zero, tip), abs(tip - zero)
            if value is not None and self.flat:
                self.parts.append(self._box(low, start, size, deep, tone, group))
            elif value is not None:
                self.parts.append(self._box(start, low, deep, size, tone, group))
            words = item[2] if len(item) > 2 else ""
            middle = start + deep / 2
            if self.flat and group in (0, None):
                self._name(item[0], slot, band, lead)
            if words and self.flat:
                left = value is not None and value < 0
                self._put(
                    tip + (-6 if left else 6), middle + 4.5, words, "end" if left else "start"
                )
            elif words:
                below = value is not None and value < 0
                self._put(middle, tip + (15 if below else -6), words, "middle")

    def _name(self, name, slot, band, lead):
        y = self.top + slot * band
        if lead:
            words = text(0, y + 13, name)
        else:
            words = text(self.left - 8, y + band / 2 + 4.5, name, anchor="end")
        if words not in self.parts:
            self.parts.append(words)

    def _dots(self, points, role, radius, label, shape):
        at = None
        for point in points:
            if finite(point[0]) and finite(point[1]) and self._inside(point, point):
                at = self.px(point[0]), self.py(point[1])
                self.parts.append(marker(at[0], at[1], role, radius, shape))
                self.taken.append((at[0] - radius, at[1] - radius, at[0] + radius, at[1] + radius))
        if label and at:
            self._free(at[0], at[1], label, "start", role, radius + 5)

    def _line(self, ends, role, dashed, label):
        cut = self._inside(ends[:2], ends[2:])
        if cut:
            (x1, y1), (x2, y2) = [(self.px(x), self.py(y)) for x, y in cut]
            dash = DASHES[0] if dashed else ""
            self.parts.append(
                path("M%s,%sL%s,%s" % (plain(x1), plain(y1), plain(x2), plain(y2)), role, 1.5, dash)
            )
            if label:
                anchor = "end" if x2 > (self.left + self.right) / 2 else "start"
                self._free(x2, y2, label, anchor, role, 6)

    # The words on the picture.

    def _extent(self, x, y, words, anchor):
        wide = text_width(words)
        left = x - (wide if anchor == "end" else wide / 2 if anchor == "middle" else 0)
        return left, y - 12, left + wide, y + 4

    def _put(self, x, y, words, anchor, role=0, style="ink", bold=False):
        self.taken.append(self._extent(x, y, words, anchor))
        self.parts.append(text(x, y, words, anchor=anchor, role=role, style=style, bold=bold))

    def _clash(self, box):
        clash = 4.0 if box[0] < 0 or box[2] > self.width or box[1] < 0 else 0.0
        for other in self.taken:
            wide = min(box[2], other[2]) - max(box[0], other[0])
            high = min(box[3], other[3]) - max(box[1], other[1])
            if wide > 0 and high > 0:
                clash += wide * high
        return clash

    def _free(self, x, y, words, anchor, role, gap, style="role", bold=False):
        """Write where it covers least: beside the point, above, below, on the other side."""
        other = {"start": "end", "end": "start"}.get(anchor, "middle")
        sign = {"start": 1, "end": -1}.get(anchor, 0)
        best: tuple = ()
        for dx, dy, way in (
            (sign * gap, 4.5, anchor),
            (sign * gap, -gap - 3, anchor),
            (sign * gap, gap + 13, anchor),
            (0, -gap - 4, "middle"),
            (0, gap + 14, "middle"),
            (-sign * gap, 4.5, other),
            (-sign * gap, -gap - 3, other),
            (0, -gap - 22, "middle"),
            (0, gap + 32, "middle"),
        ):
            clash = self._clash(self._extent(x + dx, y + dy, words, way))
            if not best or clash < best[0]:
                best = (clash, x + dx, y + dy, way)
            if not clash:
                break
        self._put(best[1], best[2], words, best[3], role, style, bold)

    def _label(self, x, y, words, anchor, role, style, bold, shift):
        if not (finite(x) and finite(y)):
            return
        if shift:
            x, y = self.px(x) + shift[0], self.py(y) + shift[1]
            self._put(x, y, words, anchor, role, style, bold)
        else:
            self._free(self.px(x), self.py(y), words, anchor, role, 6, style, bold)

    def _end_labels(self):
        """Stand the names of lines at their ends, pushed apart where they would touch."""
        spots = sorted(self.late)
        placed: list = []
        for y, x, label, role in spots:
            at = max(y, placed[-1][0] + 16) if placed else max(y, self.top + 4)
            placed.append([at, x, label, role])
        limit = self.bottom
        for spot in placed[::-1]:
            spot[0] = min(spot[0], limit)
            limit = spot[0] - 16
        for y, x, label, role in placed:
            if self.beside:
                self._put(x + self.reach, y + 4.5, label, "start", role, "role", True)
            else:
                self._free(x, y, label, "end", role, self.reach, "role", True)
