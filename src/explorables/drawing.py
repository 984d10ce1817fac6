"""A plot with everything on it: marks cut to the plot, words put where they cover least."""

from explorables.frame import Frame
from explorables.strokes import text, text_width


class Drawing(Frame):
    """One rendering of a plot: its frame with everything on it."""

    def drawn(self) -> list:
        """Return the elements of the whole plot."""
        self._words()
        self._axes()
        for late in (0, 1, 2):
            if late == 2:
                self._end_labels()
            for mark in self.plot.marks:
                if mark.late == late:
                    mark.draw(self)
        return self.parts

    def inside(self, a, b):
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

    def name(self, words, slot, band, lead):
        """Write the name of a bar, once."""
        y = self.top + slot * band
        if lead:
            # With a halo: lines of the frame pass here.
            said = text(0, y + 13, words, style="role")
        else:
            said = text(self.left - 8, y + band / 2 + 4.5, words, anchor="end")
        if said not in self.parts:
            self.parts.append(said)

    # The words on the picture.

    def _extent(self, x, y, words, anchor):
        wide = text_width(words)
        left = x - (wide if anchor == "end" else wide / 2 if anchor == "middle" else 0)
        return left, y - 12, left + wide, y + 4

    def put(self, x, y, words, anchor, role=0, style="ink", bold=False):
        """Write at this place."""
        self.taken.append(self._extent(x, y, words, anchor))
        self.parts.append(text(x, y, words, anchor=anchor, role=role, style=style, bold=bold))

    def _clash(self, box):
        # What is cut off cannot be read; what lies on another word still can, mostly.
        beyond = max(0.0, 0.0 - box[0]) + max(0.0, box[2] - self.width) + max(0.0, 0.0 - box[1])
        clash = 4.0 + 64 * beyond if beyond else 0.0
        for other in self.taken:
            wide = min(box[2], other[2]) - max(box[0], other[0])
            high = min(box[3], other[3]) - max(box[1], other[1])
            if wide > 0 and high > 0:
                clash += wide * high
        return clash

    def free(self, x, y, words, anchor, role, gap, style="role", bold=False):
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
        self.put(best[1], best[2], words, best[3], role, style, bold)

    def _end_labels(self):
        """Stand the names of lines at their ends, pushed apart where they would touch."""
        placed: list = []
        for y, x, label, role in sorted(self.ends):
            at = max(y, placed[-1][0] + 16) if placed else max(y, self.top + 4)
            placed.append([at, x, label, role])
        limit = self.bottom
        for spot in placed[::-1]:
            spot[0] = min(spot[0], limit)
            limit = spot[0] - 16
        for y, x, label, role in placed:
            if self.beside:
                self.put(x + self.reach, y + 4.5, label, "start", role, "role", True)
            else:
                self.free(x, y, label, "end", role, self.reach, "role", True)
