"""A large class by its families: `make test` grades some of each, `make test-all` everybody."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pytest
from tests.sampling import spread

_Thing = TypeVar("_Thing")


def by_family(
    cases: Sequence[_Thing],
    family: Callable[[_Thing], str],
    each: int,
    name: Callable[[_Thing], str] = str,
    easily: Callable[[_Thing], bool] = lambda _: True,
) -> list[Any]:
    """Return the cases for a parametrised test, all but so many of each family as `whole`.

    Those that are kept are taken from what can be had `easily`.
    """
    families: dict[str, list[_Thing]] = defaultdict(list)
    for case in cases:
        families[family(case)] += [case] if easily(case) else []
    kept = {name(case) for members in families.values() for case in spread(members, each)}
    return [
        pytest.param(case, id=name(case), marks=[] if name(case) in kept else [pytest.mark.whole])
        for case in cases
    ]


def chosen(request: pytest.FixtureRequest, kind: type[_Thing]) -> list[_Thing]:
    """Return the cases that this run tests, so that no others are graded."""
    found: list[_Thing] = []
    for item in request.session.items:
        params = getattr(item, "callspec", None)
        case = params.params.get("case") if params is not None else None
        if isinstance(case, kind) and item.path == request.path and case not in found:
            found.append(case)
    return found
