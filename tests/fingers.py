"""A finger on the screen, as the browser gets it from one."""

from __future__ import annotations

from playwright.sync_api import Page

Place = tuple[float, float]
MOVES = 20  # of a finger that is drawn from one place to another


def stroke(page: Page, start: Place, end: Place) -> None:
    """Draw a finger over the screen, in a straight line."""
    session = page.context.new_cdp_session(page)
    (x1, y1), (x2, y2) = start, end

    def send(kind: str, *points: dict[str, float]) -> None:
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(points)})

    send("touchStart", {"x": x1, "y": y1})
    for part in range(1, MOVES + 1):
        send("touchMove", {"x": x1 + (x2 - x1) * part / MOVES, "y": y1 + (y2 - y1) * part / MOVES})
    send("touchEnd")
    page.wait_for_timeout(150)
