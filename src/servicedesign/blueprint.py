"""The rules of a service blueprint: layers, lines, hand-offs (chapter 6).

A blueprint is a dict: ``stages`` (dicts with ``id``), ``items`` (dicts with
``id``, ``stage``, ``layer``, ``owner``, ``evidence`` and, if known,
``minutes``), ``handoffs`` (lists that begin with the ids from and to),
``failure_points`` (dicts with ``id``, ``item``, ``owner`` and ``plan``) and
``plans`` (dicts with ``id``).
"""

from servicedesign import domain, means

# From what the guest touches to what nobody in the dining room hears of.
LAYERS = ("evidence", "customer", "frontstage", "backstage", "support")
# Each line lies between the layer named first and the one named second.
LINES = (
    ("line of interaction", "customer", "frontstage"),
    ("line of visibility", "frontstage", "backstage"),
    ("line of internal interaction", "backstage", "support"),
)


def lines_crossed(layer: str, other: str) -> list[str]:
    """Return the lines between two layers, from the top down.

    Parameters
    ----------
    layer, other : str
        Two of `LAYERS`, in either order.

    Returns
    -------
    list of str
        Names of `LINES`; empty for one layer, and between the evidence and the
        customer's actions, where no line runs.

    Raises
    ------
    ValueError
        If a layer is unknown.

    Notes
    -----
    Source: Shostack (1984); the three lines as in Bitner, Ostrom and Morgan
    (2008).
    """
    domain.one_of("layer", layer, LAYERS)
    domain.one_of("layer", other, LAYERS)
    places = sorted([LAYERS.index(layer), LAYERS.index(other)])
    return [
        name
        for name, above, below in LINES
        if places[0] <= LAYERS.index(above) and LAYERS.index(below) <= places[1]
    ]


def handoff_report(blueprint: dict) -> dict:
    """Return how often the work changes hands, layers and minds.

    Parameters
    ----------
    blueprint : dict
        As described at the head of this module; only items and hand-offs are
        read.

    Returns
    -------
    dict
        ``handoffs``: different pairs (from, to), one listed twice counts once.
        ``owner_changes``: those whose two owners differ, apart from capitals
        and spaces around the name; an item without an owner counts as owned by
        nobody.  ``layer_crossings``: those whose two layers differ.
        ``in_loop``: sorted ids of the items from which the hand-offs lead back
        to the item itself.  ``total_minutes``: the sum of all minutes if the
        hand-offs form one single chain through every item that has minutes;
        otherwise None, because loops repeat, branches run side by side, and
        what is not recorded cannot be added.

    Raises
    ------
    ValueError
        If an id is used twice, a hand-off names no item, or an item hands off
        to itself.

    Notes
    -----
    Only recorded hand-offs count: items drawn side by side need not depend on
    each other.
    """
    items = blueprint.get("items", [])
    domain.own_names("id", [item["id"] for item in items])
    by_id = {item["id"]: item for item in items}
    pairs = []
    for handoff in blueprint.get("handoffs", []):
        pair = (handoff[0], handoff[1])
        for end in pair:
            if end not in by_id:
                raise ValueError("a hand-off must name items, got '" + str(end) + "'")
        if pair[0] == pair[1]:
            raise ValueError(
                "a hand-off must lead to another item, got '" + str(pair[0]) + "' twice"
            )
        if pair not in pairs:
            pairs.append(pair)
    ends = [(by_id[start], by_id[end]) for start, end in pairs]
    return {
        "handoffs": len(pairs),
        "owner_changes": len([1 for a, b in ends if _owner(a) != _owner(b)]),
        "layer_crossings": len([1 for a, b in ends if a["layer"] != b["layer"]]),
        "in_loop": sorted([name for name in by_id if name in _reached(name, pairs)]),
        "total_minutes": _chain_minutes(items, pairs),
    }


def _owner(entry: dict) -> str:
    return (entry.get("owner") or "").strip().lower()


def _reached(start: str, pairs: list[tuple]) -> list:
    # Every item that hand-offs lead to from `start`, in one step or more.
    found: list = []
    to_visit = [start]
    while to_visit:
        here = to_visit.pop()
        for a, b in pairs:
            if a == here and b not in found:
                found.append(b)
                to_visit.append(b)
    return found


def _chain_minutes(items: list[dict], pairs: list[tuple]) -> float | None:
    starts = [a for a, _ in pairs]
    ends = [b for _, b in pairs]
    in_chain = [item for item in items if item["id"] in starts or item["id"] in ends]
    timed = [item for item in items if item.get("minutes") is not None]
    if not in_chain and len(timed) == 1:
        in_chain = timed
    if [item for item in in_chain if item not in timed] or [
        item for item in timed if item not in in_chain
    ]:
        return None
    branching = [each for each in starts if starts.count(each) > 1]
    meeting = [each for each in ends if ends.count(each) > 1]
    # Without branches, n items joined by n - 1 hand-offs are one chain, unless a
    # loop makes up for a gap elsewhere.
    heads = [item for item in in_chain if item["id"] not in ends]
    if branching or meeting or (in_chain and len(heads) != 1):
        return None
    if heads and len(_reached(heads[0]["id"], pairs)) != len(in_chain) - 1:
        return None
    return means.total([item["minutes"] for item in in_chain])
