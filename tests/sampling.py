"""A matrix by its corners in `make test`, whole in `make test-all`; both say which at the end.

Three ways, all of them turned off by `--whole` and for a test that is asked for by its name:

`@pytest.mark.sample(12, "axe on pages and dresses", always=["03_value"])`
    of the cases of a parametrised test, 12 are run, spread evenly over them, and
    besides these each whose id holds one of the words.
`@pytest.mark.sample(3, "hostile submissions", kind=lambda case: case.family)`
    of each kind, 3 are run; the function tells it from the parameter of that name.
    A fixture that makes something for all cases at once makes it for `asked_for` only.
`@pytest.mark.whole`
    a test, or one `pytest.param`, that is run in `make test-all` only.
`sample(things, 20, "mutants")`, a fixture
    20 of the things that a test goes through by itself, spread evenly.

What is run is the same in every run and on every machine.  Of what guards marks,
privacy or data, each kind keeps a case in `make test`.
"""

from __future__ import annotations

import inspect
from collections import defaultdict
from collections.abc import Callable, Sequence
from typing import Any, TypeVar

import pytest

_Thing = TypeVar("_Thing")

# By what was sampled: how many were run, and of how many.
_SAMPLED = pytest.StashKey[dict[str, tuple[int, int]]]()
_MARKS = ("sample", "whole")
_WHOLE = pytest.StashKey[bool]()


def pytest_addoption(parser: pytest.Parser) -> None:
    parser.addoption(
        "--whole", action="store_true", help="run every case of what `make test` samples"
    )


def pytest_configure(config: pytest.Config) -> None:
    config.addinivalue_line(
        "markers",
        "sample(count, what, always, kind): `make test` runs so many of this test's cases",
    )
    config.addinivalue_line("markers", "whole: run in `make test-all` only")
    config.stash[_SAMPLED] = {}
    by_name = any("::" in str(argument) for argument in config.args)
    config.stash[_WHOLE] = config.getoption("whole") or by_name


def spread(things: Sequence[_Thing], count: int) -> list[_Thing]:
    """Return so many of the things, evenly spread, the first and the last among them."""
    if count >= len(things):
        return list(things)
    last = len(things) - 1
    return [things[round(place * last / max(1, count - 1))] for place in range(count)]


def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    tests: dict[str, list[pytest.Item]] = defaultdict(list)
    for item in items:
        tests[item.nodeid.partition("[")[0]].append(item)
    left: set[pytest.Item] = set()
    for place, matrix in tests.items():
        if not any(item.get_closest_marker(name) for item in matrix for name in _MARKS):
            continue
        kept = matrix if config.stash[_WHOLE] else _corners(matrix)
        mark = matrix[0].get_closest_marker("sample")
        what = _what(place, mark)
        ran, of = config.stash[_SAMPLED].get(what, (0, 0))
        config.stash[_SAMPLED][what] = (ran + len(kept), of + len(matrix))
        left.update(set(matrix) - set(kept))
    if left:
        config.hook.pytest_deselected(items=[item for item in items if item in left])
        items[:] = [item for item in items if item not in left]


def _corners(matrix: list[pytest.Item]) -> list[pytest.Item]:
    """Return the cases that stand for the others, in their order."""
    matrix = sorted(matrix, key=lambda item: item.nodeid)  # whatever order they are run in
    rest = [item for item in matrix if not item.get_closest_marker("whole")]
    mark = matrix[0].get_closest_marker("sample")
    if mark is None:
        return rest
    kinds: dict[Any, list[pytest.Item]] = defaultdict(list)
    for item in rest:
        kinds[_kind(item, mark)].append(item)
    kept = {item for kind in kinds.values() for item in spread(kind, mark.args[0])}
    words = mark.kwargs.get("always", ())
    return [item for item in rest if item in kept or any(word in item.name for word in words)]


def asked_for(request: pytest.FixtureRequest, name: str) -> list[Any]:
    """Return the values of a parameter for which a test of the fixture's module is run."""
    values = {}
    for item in request.session.items:
        call = getattr(item, "callspec", None)
        if item.path == request.path and call is not None and name in call.params:
            values[item.nodeid] = call.params[name]
    return [values[place] for place in sorted(values)]


def _kind(item: pytest.Item, mark: pytest.Mark) -> Any:
    """Tell the kind of a case, of which each keeps some; without a word of kinds all are one."""
    kind = mark.kwargs.get("kind")
    if kind is None:
        return None
    (name,) = inspect.signature(kind).parameters
    return kind(item.callspec.params[name])  # type: ignore[attr-defined]


def _what(place: str, mark: pytest.Mark | None) -> str:
    if mark is not None and len(mark.args) > 1:
        return str(mark.args[1])
    return place.rpartition("::")[2].removeprefix("test_").replace("_", " ")


@pytest.fixture(scope="session")
def sample(pytestconfig: pytest.Config) -> Callable[[Sequence[Any], int, str], list[Any]]:
    """Return `sample(things, count, what)`: so many of the things, or with `--whole` all."""

    def chosen(things: Sequence[_Thing], count: int, what: str) -> list[_Thing]:
        kept = list(things) if pytestconfig.stash[_WHOLE] else spread(things, count)
        pytestconfig.stash[_SAMPLED][what] = (len(kept), len(things))
        return kept

    return chosen


def pytest_sessionfinish(session: pytest.Session) -> None:
    """Hand a worker's account to the process that writes the summary."""
    output = getattr(session.config, "workeroutput", None)
    if output is not None:
        output["sampled"] = session.config.stash[_SAMPLED]


@pytest.hookimpl(optionalhook=True)
def pytest_testnodedown(node: Any) -> None:
    handed = getattr(node, "workeroutput", {}).get("sampled", {})
    node.config.stash[_SAMPLED].update({what: tuple(counts) for what, counts in handed.items()})


def pytest_terminal_summary(
    terminalreporter: pytest.TerminalReporter, config: pytest.Config
) -> None:
    sampled = config.stash[_SAMPLED]
    left_out = {what: counts for what, counts in sampled.items() if counts[0] < counts[1]}
    if not sampled:
        return
    terminalreporter.section("sampled")
    if not left_out:
        terminalreporter.write_line(f"nothing: all of {len(sampled)} matrices were run whole")
        return
    for what, (ran, of) in sorted(left_out.items()):
        terminalreporter.write_line(f"{what}: {ran} of {of}")
    terminalreporter.write_line("all of them: make test-all")
