"""Where the hand-offs of a blueprint run: along the gaps between its lanes and cards.

Lanes are numbered from the top, slots (columns) from the left.  Gap ``k`` lies
under lane ``k``.  Lines in a gap that would run over each other get tracks of
their own.
"""

PORT = 20  # px between lines that leave one side of a card


def plan(places: dict, handoffs: list) -> list:
    """Return for every hand-off which sides and gaps it uses.

    Parameters
    ----------
    places : dict
        Item id to (lane, slot).
    handoffs : list of list
        Each begins with two ids in ``places``, from and to.

    Returns
    -------
    list of dict
        ``start`` and ``stop``, each (lane, slot); ``sides``, the sides of the
        two cards ("top", "bottom", "left" or "right"); ``gaps``, the gaps it
        runs along in order (none for neighbours, one or two otherwise).
    """
    routes = []
    for handoff in handoffs:
        start, stop = places[handoff[0]], places[handoff[1]]
        (lane, slot), (to_lane, to_slot) = start, stop
        if lane == to_lane and abs(slot - to_slot) == 1:
            sides = ("right", "left") if to_slot > slot else ("left", "right")
            gaps: list = []
        elif lane == to_lane:
            sides, gaps = ("bottom", "bottom"), [lane]
        elif to_lane > lane:
            sides = ("bottom", "top")
            gaps = [lane] if to_lane == lane + 1 else [lane, to_lane - 1]
        else:
            sides = ("top", "bottom")
            gaps = [lane - 1] if to_lane == lane - 1 else [lane - 1, to_lane]
        routes.append({"start": start, "stop": stop, "sides": sides, "gaps": gaps})
    return routes


def ports(routes: list) -> list:
    """Return for every hand-off how far from the middle of each card's side it ends, px.

    Lines on one side of a card stand in the order of where they come from, so
    that they do not cross at once.
    """
    ends: dict = {}
    for number, route in enumerate(routes):
        for which, other in ((0, "stop"), (1, "start")):
            card = route["start"] if which == 0 else route["stop"]
            key = (card, route["sides"][which])
            ends.setdefault(key, []).append((route[other][1], route[other][0], number, which))
    offsets = [[0.0, 0.0] for _route in routes]
    for queue in ends.values():
        queue.sort()
        for place, (_slot, _lane, number, which) in enumerate(queue):
            offsets[number][which] = PORT * (place - (len(queue) - 1) / 2)
    return offsets


def tracks(spans: list) -> list:
    """Return a track number for every span (low, high), so that none overlap on one track."""
    chosen = [0] * len(spans)
    taken: list = []
    order = sorted([(high - low, place) for place, (low, high) in enumerate(spans)])
    for _length, place in order:
        low, high = spans[place]
        track = 0
        while any([t == track and low < end + 8 and start < high + 8 for t, start, end in taken]):
            track += 1
        taken.append((track, low, high))
        chosen[place] = track
    return chosen


def rounded(points: list, radius: float = 7.0) -> list:
    """Return the corners of a path of right angles as drawing steps with round bends.

    Parameters
    ----------
    points : list of (float, float)
        Corners; successive ones differ in one co-ordinate.
    radius : float
        Radius of the bends, px; smaller where there is less room.

    Returns
    -------
    list of tuple
        ("M", x, y), ("L", x, y) and ("Q", corner x, corner y, x, y).
    """
    clean: list = []
    for point in points:
        if not clean or abs(point[0] - clean[-1][0]) + abs(point[1] - clean[-1][1]) > 0.5:
            clean.append(point)
    steps: list = [("M",) + tuple(clean[0])]
    for place in range(1, len(clean) - 1):
        before, here, after = clean[place - 1], clean[place], clean[place + 1]
        bend = min(radius, _length(before, here) / 2, _length(here, after) / 2)
        steps.append(("L",) + _toward(here, before, bend))
        steps.append(("Q",) + tuple(here) + _toward(here, after, bend))
    steps.append(("L",) + tuple(clean[-1]))
    return steps


def _length(a, b):
    return abs(a[0] - b[0]) + abs(a[1] - b[1])


def _toward(start, goal, distance):
    length = _length(start, goal)
    share = distance / length if length else 0.0
    return (start[0] + (goal[0] - start[0]) * share, start[1] + (goal[1] - start[1]) * share)
