"""The still figures of chapter 2, "Listening"."""

from collections.abc import Sequence
from typing import Any

from matplotlib.figure import Figure as Canvas
from matplotlib.lines import Line2D

from servicedesign import listening
from servicedesign.figures.style import INK, LINE, MUTED, PAPER, ROLES, StillFigure, bare

_VERDICT_COLOURS = {"overestimates": ROLES[1], "underestimates": ROLES[2], "cannot tell": MUTED}
# A marker for each evidence status, so that none depends on colour alone.
_STATUS = {
    "observed": ("o", ROLES[2]),
    "reported": ("s", ROLES[0]),
    "assumed": ("D", ROLES[1]),
    "proposed": ("^", MUTED),
}


def percent(share: float) -> str:
    """Return a share from 0 to 1 as the course prints it, without decimals."""
    return f"{100 * share:.0f}%"


def belief_gaps(rows: Sequence[tuple[Any, ...]]) -> StillFigure:
    """Draw beliefs beside what the guests say, with intervals.

    Parameters
    ----------
    rows : sequence of tuple
        As returned by `servicedesign.listening.delivery_gap`.

    Returns
    -------
    StillFigure
        A row for each touchpoint: the interval, the estimate and the belief.
    """

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.03, 0.09, 0.94, 0.9))
        bare(axes)
        axes.set_xlim(-0.02, 1.02)
        axes.set_ylim(len(rows) * 2 + 0.1, -0.5)
        for tick in (0, 0.25, 0.5, 0.75, 1):
            axes.axvline(tick, color=LINE, lw=1, zorder=0)
            axes.text(
                tick, len(rows) * 2 + 0.5, percent(tick), color=MUTED, clip_on=False, va="top",
                ha="left" if tick == 0 else "right" if tick == 1 else "center",
            )  # fmt: skip
        for place, (name, believed, share, low, high, verdict) in enumerate(rows):
            top = 2 * place
            axes.text(
                0, top, name.replace("_", " "), va="center", weight="bold",
                bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},
            )  # fmt: skip
            axes.text(
                1, top, verdict if share is not None else "nobody was asked", ha="right",
                va="center", color=_VERDICT_COLOURS[verdict],
                bbox={"facecolor": PAPER, "edgecolor": "none", "pad": 1},
            )  # fmt: skip
            if share is not None:
                axes.plot([low, high], [top + 0.85] * 2, color=ROLES[0], lw=5)
                axes.plot(share, top + 0.85, "o", color=ROLES[0], ms=9, mec=PAPER)
            axes.plot(believed, top + 0.85, "D", color=ROLES[1], ms=7, mec=PAPER)

    described = "; ".join(
        f"{name.replace('_', ' ')}: believed {percent(believed)}, "
        + (
            "nobody was asked"
            if share is None
            else f"answers {percent(share)}, {percent(low)} to {percent(high)}"
        )
        + f", {verdict}"
        for name, believed, share, low, high, verdict in rows
    )
    return StillFigure(
        "belief-gaps",
        len(rows) * 38 + 34,
        draw,
        alt=f"For each touchpoint a belief beside the guests' answers. {described}.",
        caption=(
            "Round marks with a bar: the share of happy answers and its interval. "
            "Diamonds: what Aila believed. "
            "A diamond beside its bar is a gap that chance does not explain. Synthetic data."
        ),
    )


def stakeholder_map(stakeholders: Sequence[dict[str, Any]]) -> StillFigure:
    """Draw who can change a service against who cares.

    Parameters
    ----------
    stakeholders : sequence of dict
        ``name``, ``power`` and ``interest`` (0 to 10) and ``evidence``, one of
        `servicedesign.listening.EVIDENCE`.

    Returns
    -------
    StillFigure
        A marker for each, its shape by evidence status.

    Raises
    ------
    ValueError
        If an evidence status is unknown.
    """
    for one in stakeholders:
        if one["evidence"] not in listening.EVIDENCE:
            raise ValueError(
                f"evidence must be one of {', '.join(listening.EVIDENCE)}, "
                f"got {one['evidence']!r} (stakeholder {one['name']!r})"
            )

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.09, 0.16, 0.88, 0.74))
        axes.set_xlim(0, 10)
        axes.set_ylim(0, 10)
        axes.set_xticks([])
        axes.set_yticks([])
        axes.set_xlabel("can change little → can change much")
        axes.set_ylabel("cares little → cares much")
        axes.axhline(5, color=LINE, lw=1)
        axes.axvline(5, color=LINE, lw=1)
        corners = (
            (0.2, 9.6, "left", "listen to"),
            (9.8, 9.6, "right", "work with"),
            (0.2, 0.4, "left", "keep in mind"),
            (9.8, 0.4, "right", "keep informed"),
        )
        for x, y, side, word in corners:
            axes.text(x, y, word, ha=side, va="center", color=MUTED, style="italic")
        for one in stakeholders:
            shape, colour = _STATUS[one["evidence"]]
            axes.plot(one["power"], one["interest"], shape, color=colour, ms=9, mec=PAPER)
            side = "right" if one["power"] > 5 else "left"
            shift = -0.35 if side == "right" else 0.35
            axes.text(
                one["power"] + shift, one["interest"], one["name"], ha=side, va="center", color=INK
            )
        used = [status for status in _STATUS if any(s["evidence"] == status for s in stakeholders)]
        for place, status in enumerate(used):
            left = 0.1 + 0.3 * place
            shape, colour = _STATUS[status]
            canvas.add_artist(_mark(left, shape, colour))
            canvas.text(left + 0.03, 0.953, status, va="center", color=colour, weight="bold")

    described = "; ".join(
        f"{one['name']}: power {one['power']:.0f}, interest {one['interest']:.0f} of ten, "
        f"{one['evidence']}"
        for one in stakeholders
    )
    return StillFigure(
        "stakeholder-map",
        320,
        draw,
        alt=f"Stakeholders by how much they can change and how much they care. {described}.",
        caption=(
            "Who can change lunch at Hillasoppi, and who cares. "
            "The shape of a mark says how its place is known. Invented, like the case."
        ),
    )


def _mark(left: float, shape: str, colour: str) -> Any:
    return Line2D([left], [0.955], marker=shape, color=colour, ms=8, ls="none", mec=PAPER)


def satisfied_by(
    counts: Sequence[dict[str, Any]], column: str, values: Sequence[str]
) -> StillFigure:
    """Draw the share of highly satisfied tenants in groups, with intervals.

    Parameters
    ----------
    counts : sequence of dict
        The Copenhagen housing counts, see `servicedesign.datasets`.
    column : str
        What makes the groups.
    values : sequence of str
        The groups from top to bottom.

    Returns
    -------
    StillFigure
        For each group a point and its Wilson interval.
    """
    groups = []
    for value in values:
        n = sum(row["count"] for row in counts if row[column] == value)
        k = sum(
            row["count"] for row in counts if row[column] == value and row["satisfaction"] == "high"
        )
        groups.append((value, k / n, *listening.wilson_interval(k, n), n))

    def draw(canvas: Canvas) -> None:
        axes = canvas.add_axes((0.03, 0.2, 0.94, 0.79))
        axes.set_xlim(-0.01, 1.01)
        axes.set_ylim(len(groups) * 2 + 0.2, -0.6)
        axes.set_yticks([])
        axes.spines["left"].set_visible(False)
        axes.set_xticks([0, 0.25, 0.5, 0.75, 1], [percent(t) for t in (0, 0.25, 0.5, 0.75, 1)])
        axes.xaxis.get_majorticklabels()[0].set_horizontalalignment("left")
        axes.xaxis.get_majorticklabels()[-1].set_horizontalalignment("right")
        axes.set_xlabel(f"highly satisfied, by {column}")
        for place, (value, share, low, high, n) in enumerate(groups):
            top = 2 * place
            axes.text(0, top, f"{value} {column}", va="center", weight="bold")
            axes.text(1, top, f"{n} tenants", va="center", ha="right", color=MUTED)
            axes.plot([low, high], [top + 0.85] * 2, color=ROLES[0], lw=5)
            axes.plot(share, top + 0.85, "o", color=ROLES[0], ms=9, mec=PAPER)
            axes.text(high + 0.025, top + 0.87, percent(share), va="center", color=ROLES[0])

    described = "; ".join(
        f"{value}: {percent(share)} of {n} tenants, interval {percent(low)} to {percent(high)}"
        for value, share, low, high, n in groups
    )
    return StillFigure(
        f"satisfied-by-{column}",
        len(groups) * 42 + 56,
        draw,
        alt=f"Share of highly satisfied tenants by {column}. {described}.",
        caption=(
            "Real counts from Copenhagen: the share of highly satisfied tenants and its interval. "
            "Intervals that stay apart tell of a difference, and not of its cause."
        ),
    )
