"""The desk and what runs in a sandbox speak by one table."""

from __future__ import annotations

import ast
from typing import get_args, get_type_hints

import pytest

from classroom.course import ClassroomError
from classroom.walls.inside import protocol
from classroom.walls.jail import INSIDE, Jail


def test_a_sandbox_of_another_version_is_refused_with_the_remedy(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr(protocol, "VERSION", 99)
    with pytest.raises(ClassroomError, match=r"version 99 .* install the course anew"):
        Jail("none").start()


def words(orders: object) -> set[str]:
    """The word of each order of a kind."""
    return {get_args(get_type_hints(order)["op"])[0] for order in get_args(orders)}


@pytest.mark.parametrize(
    ("file", "orders", "otherwise"),
    [
        ("manager.py", protocol.Control, set()),
        # What ends a test is what is left of the orders that lead over the crossing.
        ("child.py", protocol.Order, {"over"}),
    ],
)
def test_each_order_of_the_table_is_obeyed(file: str, orders: object, otherwise: set[str]) -> None:
    tree = ast.parse((INSIDE / file).read_text("utf-8"))
    compared = {
        node.comparators[0].value
        for node in ast.walk(tree)
        if isinstance(node, ast.Compare) and isinstance(node.comparators[0], ast.Constant)
    }
    assert words(orders) > otherwise
    assert words(orders) - compared == otherwise
