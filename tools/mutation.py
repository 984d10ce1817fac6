"""Small wrong turns in a right answer: what mutation testing breaks, and how.

A mutant is the reference solution with one thing changed: a comparison, a
boundary, a constant, an operand left out, a branch that is never taken, a sort
that is forgotten, an argument that is sorted in place.  Everything here works on
the syntax tree of one answer cell and is the same in every run.
"""

import ast
import copy
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

BEGIN, END = "### BEGIN SOLUTION", "### END SOLUTION"


@dataclass(frozen=True)
class Mutant:
    """A changed answer.

    Attributes
    ----------
    function : str
        Whose reference solution was changed.
    was, now : str
        The statement before and after, its first line as `ast.unparse` writes it.
        Together with the function they name the mutant.
    source : str
        The whole changed cell.
    """

    function: str
    was: str
    now: str
    source: str

    def __str__(self) -> str:
        return f"{self.function}: {self.was}  ->  {self.now}"


# How a function that answers rightly can still behave badly.  Each is code that
# wraps it; TOUCHED is set once there was anything to do.
_TOUCH = "TOUCHED.append(1)"
_TO_ARGUMENTS = {
    "sorts": (list, "value.sort(key=repr)"),
    "turns round": (list, "value.reverse()"),
    "empties": ((list, dict, set), "value.clear()"),
    "adds to": (
        (list, dict, set),
        "value.update(added=0) if isinstance(value, dict) else "  # noqa: ISC004
        "getattr(value, 'append', getattr(value, 'add', None))('added')",
    ),
    "writes into the rows of": (
        list,
        "[item.update(added=0) for item in value if isinstance(item, dict)]",
    ),
}
_WRAPPED = """
def _behaves_badly(function):
    import functools
    def rounded(value, digits):
        if isinstance(value, float):
            TOUCHED.append(1)
            return round(value, digits)
        if isinstance(value, (list, tuple)):
            return type(value)(rounded(item, digits) for item in value)
        if isinstance(value, dict):
            return {key: rounded(item, digits) for key, item in value.items()}
        return value
    @functools.wraps(function)
    def inner(*args, **kwargs):
%s
    return inner
"""


def mutants(cell: str, function: str) -> list[Mutant]:
    """Return the mutants of an answer cell, in the order of its lines.

    Parameters
    ----------
    cell : str
        Source of the cell, with the markers of the solution.
    function : str
        The function that the cell defines and the task asks for.
    """
    tree = ast.parse(cell)
    lines = cell.split("\n")
    first = next(n for n, line in enumerate(lines, 1) if line.strip() == BEGIN)
    last = next(n for n, line in enumerate(lines, 1) if line.strip() == END)
    asked = next(
        node for node in tree.body if isinstance(node, ast.FunctionDef) and node.name == function
    )
    walker = _Walker(tree, asked, range(first, last))
    found: list[Mutant] = []
    seen: Counter[tuple[str, str]] = Counter()
    sources = {ast.unparse(tree)}
    for edit in walker.edits():
        edit.apply()
        source = ast.unparse(ast.fix_missing_locations(tree))
        now = edit.now or _line(edit.statement)
        edit.undo()
        was = edit.was or _line(edit.statement)
        if source in sources:
            continue
        sources.add(source)
        seen[was, now] += 1
        if seen[was, now] > 1:
            now += f"  # {seen[was, now]}"
        found.append(Mutant(function, was, now, source))
    for manner, body in _manners(asked):
        source = f"{cell}\n{_WRAPPED % body}\n{function} = _behaves_badly({function})\n"
        found.append(Mutant(function, f"def {function}", manner, source))
    return found


def _manners(asked: ast.FunctionDef) -> Iterator[tuple[str, str]]:
    names = [one.arg for one in asked.args.args]
    answer = f"        {_TOUCH}\n        answer = function(*args, **kwargs)\n"
    yield "prints", answer + "        print(answer)\n        return answer"
    yield "prints and returns nothing", answer + "        print(answer)"
    for digits in (4, 7):
        body = f"        return rounded(function(*args, **kwargs), {digits})"
        yield f"rounds to {digits} decimals", body
    for name in names:
        for manner, (kinds, code) in _TO_ARGUMENTS.items():
            kind = kinds if isinstance(kinds, tuple) else (kinds,)
            wanted = ", ".join(one.__name__ for one in kind)
            rows = "any(isinstance(item, dict) for item in value)"
            only = f" and {rows}" if "rows" in manner else ""
            body = "        try:\n            return function(*args, **kwargs)\n"
            body += f"        finally:\n            given = dict(zip({names!r}, args), **kwargs)\n"
            body += f"            value = given.get({name!r})\n"
            body += f"            if isinstance(value, ({wanted},)){only}:\n"
            body += f"                {_TOUCH}\n                {code}"
            yield f"{manner} {name}", body


def _line(node: ast.AST) -> str:
    return ast.unparse(node).split("\n")[0]


@dataclass
class _Edit:
    """One change of the tree that can be taken back."""

    statement: ast.AST
    apply: Callable[[], None]
    undo: Callable[[], None]
    was: str = ""
    now: str = ""

    def named(self, was: str, now: str) -> "_Edit":
        """Return the edit under other words than the statement's own."""
        self.was, self.now = was, now
        return self


_ORDER: dict[type, list[type]] = {
    ast.Lt: [ast.LtE, ast.NotEq],
    ast.LtE: [ast.Lt, ast.Eq],
    ast.Gt: [ast.GtE, ast.NotEq],
    ast.GtE: [ast.Gt, ast.Eq],
    ast.Eq: [ast.NotEq, ast.LtE, ast.GtE],
    ast.NotEq: [ast.Eq, ast.Lt, ast.Gt],
    ast.In: [ast.NotIn],
    ast.NotIn: [ast.In],
    ast.Is: [ast.IsNot],
    ast.IsNot: [ast.Is],
}
_ARITHMETIC: dict[type, type] = {
    ast.Add: ast.Sub,
    ast.Sub: ast.Add,
    ast.Mult: ast.Div,
    ast.Div: ast.Mult,
    ast.FloorDiv: ast.Div,
    ast.Mod: ast.FloorDiv,
    ast.Pow: ast.Mult,
}
_TWINS = {"min": "max", "max": "min", "any": "all", "all": "any"}
# Whose answer does not depend on the order in which it gets things.
_ORDERLESS = {"sum", "fsum", "min", "max", "any", "all", "set", "len", "sorted", "dict"}
# Statements that can be missing; an if that is never taken is another edit.
_LEFT_OUT = (
    ast.Expr,
    ast.Assign,
    ast.AugAssign,
    ast.Raise,
    ast.Return,
    ast.Break,
    ast.Continue,
    ast.For,
    ast.While,
)
# Without these a call makes no sense, or says nothing new.
_KEPT_CALLS = {"len", "range", "zip", "enumerate", "sum", "fsum", "any", "all", "min", "max"}


class _Walker:
    """Goes through the solution's part of a cell and offers edits."""

    def __init__(self, tree: ast.Module, asked: ast.FunctionDef, lines: range) -> None:
        self._asked = asked
        self._lines = lines
        self._parent: dict[ast.AST, ast.AST] = {}
        for node in ast.walk(tree):
            for child in ast.iter_child_nodes(node):
                self._parent[child] = node
        self._names = {name: self._siblings(name) for name in self._bound()}
        self._keys = sorted(
            {
                node.slice.value
                for node in ast.walk(asked)
                if isinstance(node, ast.Subscript)
                and isinstance(node.slice, ast.Constant)
                and isinstance(node.slice.value, str)
            }
        )

    def edits(self) -> Iterator[_Edit]:
        """Yield every edit, top to bottom."""
        for node in self._nodes(self._asked):
            visit = getattr(self, f"_of_{type(node).__name__.lower()}", None)
            if visit is not None:
                yield from visit(node)
            for field in ("body", "orelse"):
                block = getattr(node, field, None)
                if isinstance(block, list):
                    yield from self._block(node, field, block)

    def _nodes(self, node: ast.AST) -> Iterator[ast.AST]:
        # Depth first in the order of the text; what an error's message says aside is free.
        yield node
        for child in ast.iter_child_nodes(node):
            if isinstance(node, ast.Raise):
                break
            where = getattr(child, "lineno", None)
            if where is None or where in self._lines or isinstance(child, ast.stmt):
                yield from self._nodes(child)

    def _inside(self, node: ast.AST) -> bool:
        return getattr(node, "lineno", 0) in self._lines

    def _statement(self, node: ast.AST) -> ast.AST:
        while not isinstance(node, ast.stmt):
            node = self._parent[node]
        return node

    def _set(self, owner: Any, field: str, new: Any, place: int | None = None) -> _Edit:
        """Return the edit that puts something new into a field of a node."""
        old = getattr(owner, field) if place is None else getattr(owner, field)[place]

        def put(value: Any) -> None:
            if place is None:
                setattr(owner, field, value)
            else:
                getattr(owner, field)[place] = value

        return _Edit(self._statement(owner), lambda: put(new), lambda: put(old))

    def _instead(self, node: ast.AST, new: ast.AST) -> _Edit:
        """Return the edit that puts another node in the place of one."""
        parent = self._parent[node]
        for field, value in ast.iter_fields(parent):
            if value is node:
                return self._set(parent, field, new)
            if isinstance(value, list):
                for place, item in enumerate(value):
                    if item is node:
                        return self._set(parent, field, new, place)
        raise AssertionError("a node stands in its parent")

    # --- names

    def _bound(self) -> list[str]:
        return sorted({name for group in self._groups() for name in group})

    def _groups(self) -> list[list[str]]:
        groups = [[one.arg for one in self._asked.args.args]]
        tuples = [one for one in ast.walk(self._asked) if isinstance(one, ast.Tuple)]
        return groups + [
            [one.id for one in node.elts if isinstance(one, ast.Name)]
            for node in tuples
            if isinstance(node.ctx, ast.Store)
        ]

    def _siblings(self, name: str) -> list[str]:
        near = {other for group in self._groups() if name in group for other in group}
        return sorted(near - {name, "_"})

    def _of_name(self, node: ast.Name) -> Iterator[_Edit]:
        if isinstance(node.ctx, ast.Load) and self._inside(node):
            for other in self._names.get(node.id, []):
                yield self._set(node, "id", other)

    # --- conditions

    def _of_compare(self, node: ast.Compare) -> Iterator[_Edit]:
        with_text = any(
            isinstance(side, ast.Constant) and isinstance(side.value, str)
            for side in (node.left, *node.comparators)
        )
        for place, op in enumerate(node.ops):
            for new in _ORDER[type(op)][: 1 if with_text else None]:
                yield self._set(node, "ops", new(), place)
        asks_none = isinstance(node.comparators[0], ast.Constant) and (
            node.comparators[0].value is None
        )
        if len(node.ops) == 1 and asks_none and isinstance(node.ops[0], ast.Is | ast.IsNot):
            # Taking 0 or an empty text for a gap.
            falsy: ast.expr = ast.UnaryOp(ast.Not(), node.left)
            if isinstance(node.ops[0], ast.IsNot):
                falsy = ast.UnaryOp(ast.Not(), falsy)
            yield self._instead(node, falsy)

    def _of_boolop(self, node: ast.BoolOp) -> Iterator[_Edit]:
        yield self._set(node, "op", ast.Or() if isinstance(node.op, ast.And) else ast.And())
        for place in range(len(node.values)):
            rest = [value for other, value in enumerate(node.values) if other != place]
            yield (
                self._instead(node, rest[0]) if len(rest) == 1 else self._set(node, "values", rest)
            )

    def _of_unaryop(self, node: ast.UnaryOp) -> Iterator[_Edit]:
        yield self._instead(node, node.operand)
        if isinstance(node.op, ast.Not) and not isinstance(node.operand, ast.Compare):
            is_none = ast.Compare(node.operand, [ast.Is()], [ast.Constant(None)])
            yield self._instead(node, is_none)

    def _condition(self, node: Any, answers: tuple[bool, ...]) -> Iterator[_Edit]:
        for answer in answers:
            yield self._set(node, "test", ast.Constant(answer))

    def _of_if(self, node: ast.If) -> Iterator[_Edit]:
        yield from self._condition(node, (True, False))

    def _of_ifexp(self, node: ast.IfExp) -> Iterator[_Edit]:
        yield from self._condition(node, (True, False))

    def _of_while(self, node: ast.While) -> Iterator[_Edit]:
        yield from self._condition(node, (False,))

    def _of_comprehension(self, node: ast.comprehension) -> Iterator[_Edit]:
        for place in range(len(node.ifs)):
            yield self._set(node, "ifs", ast.Constant(True), place)
            yield self._set(node, "ifs", ast.Constant(False), place)
        holder = self._parent[node]
        around = self._parent[holder]
        called = around.func if isinstance(around, ast.Call) else None
        named = getattr(called, "id", getattr(called, "attr", ""))
        orderless = isinstance(holder, ast.SetComp | ast.DictComp) or named in _ORDERLESS
        yield from self._walked(node, orderless=orderless)

    def _of_for(self, node: ast.For) -> Iterator[_Edit]:
        yield from self._walked(node, orderless=False)
        stopping = self._set(node, "body", [*node.body, ast.Break()])
        yield stopping.named(_line(node), _line(node) + " (the first alone)")

    def _walked(self, node: Any, *, orderless: bool) -> Iterator[_Edit]:
        parts = ["1:", ":-1"] if orderless else ["1:", ":-1", "::-1"]
        for part in parts:
            cut = ast.parse(f"list(x)[{part}]", mode="eval").body
            cut.value.args[0] = node.iter  # type: ignore[attr-defined]
            yield self._set(node, "iter", cut)

    # --- arithmetic

    def _of_binop(self, node: ast.BinOp) -> Iterator[_Edit]:
        texts = any(
            isinstance(side, ast.JoinedStr)
            or (isinstance(side, ast.Constant) and isinstance(side.value, str))
            for side in (node.left, node.right)
        )
        if not texts and type(node.op) in _ARITHMETIC:
            yield self._set(node, "op", _ARITHMETIC[type(node.op)]())
        yield self._instead(node, node.left)
        yield self._instead(node, node.right)

    def _of_augassign(self, node: ast.AugAssign) -> Iterator[_Edit]:
        if type(node.op) in _ARITHMETIC:
            yield self._set(node, "op", _ARITHMETIC[type(node.op)]())
        yield self._instead(node, ast.Assign([node.target], node.value, lineno=node.lineno))

    def _of_constant(self, node: ast.Constant) -> Iterator[_Edit]:
        parent = self._parent[node]
        value = node.value
        if isinstance(parent, ast.Expr | ast.JoinedStr | ast.FormattedValue):
            return
        if isinstance(value, str):
            if isinstance(parent, ast.Subscript):
                for key in self._keys:
                    yield self._set(node, "value", key)
            else:
                yield self._set(node, "value", value + "x")
            return
        others: list[object] = []
        if isinstance(value, bool):
            others = [not value]
        elif value is None and not isinstance(parent, ast.Compare):
            others = [0]
        elif isinstance(value, int):
            others = [value + 1, value - 1, 0]
        elif isinstance(value, float):
            others = [0.0, value * 10, value / 10] if 0 < value < 0.001 else [value + 1, value - 1]
        for other in others:
            new = ast.Constant(other)
            negative = isinstance(other, int | float) and other < 0
            yield self._instead(
                node, ast.UnaryOp(ast.USub(), ast.Constant(-other)) if negative else new
            )

    # --- calls and collections

    def _of_call(self, node: ast.Call) -> Iterator[_Edit]:
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        for place in range(len(node.keywords)):
            rest = [one for other, one in enumerate(node.keywords) if other != place]
            yield self._set(node, "keywords", rest)
        if name in _TWINS:
            yield self._set(node.func, "id", _TWINS[name])
        if name in ("min", "max") and len(node.args) > 1:
            for one in node.args:
                yield self._instead(node, one)
        if name == "sorted":
            backwards = ast.keyword("reverse", ast.Constant(True))
            yield self._set(node, "keywords", [*node.keywords, backwards])
            yield self._instead(node, ast.Call(ast.Name("list", ast.Load()), node.args, []))
        elif name not in _KEPT_CALLS:
            yield from self._not_called(node)
        if len(node.args) > 1:
            turned = [node.args[1], node.args[0], *node.args[2:]]
            yield self._set(node, "args", turned)
            if isinstance(node.func, ast.Attribute):
                yield self._set(node, "args", node.args[:-1])

    def _not_called(self, node: ast.Call) -> Iterator[_Edit]:
        """Yield the edit that leaves a call out and keeps what it was called with."""
        method = isinstance(node.func, ast.Attribute) and not self._is_module(node.func.value)
        if method and not isinstance(self._parent[node], ast.Expr):
            yield self._instead(node, node.func.value)  # type: ignore[attr-defined]
        elif node.args and not method:
            yield self._instead(node, node.args[0])

    def _is_module(self, node: ast.expr) -> bool:
        return isinstance(node, ast.Name) and node.id in ("math", "statistics", "re")

    def _items(self, node: Any) -> Iterator[_Edit]:
        if not isinstance(getattr(node, "ctx", ast.Load()), ast.Load) or len(node.elts) < 2:
            return
        for place in range(len(node.elts)):
            rest = [one for other, one in enumerate(node.elts) if other != place]
            yield self._set(node, "elts", rest)
        parent = self._parent[node]
        if isinstance(parent, ast.Compare):
            return
        for place in range(len(node.elts) - 1):
            turned = list(node.elts)
            turned[place : place + 2] = turned[place + 1], turned[place]
            yield self._set(node, "elts", turned)

    _of_tuple = _of_list = _of_set = _items

    # --- statements

    def _of_raise(self, node: ast.Raise) -> Iterator[_Edit]:
        if isinstance(node.exc, ast.Call):
            quiet = ast.Call(node.exc.func, [ast.Constant("no")], [])
            yield self._set(node, "exc", quiet)
            other = ast.Call(ast.Name("KeyError", ast.Load()), node.exc.args, [])
            yield self._set(node, "exc", other)

    def _block(self, owner: ast.AST, field: str, block: list[ast.stmt]) -> Iterator[_Edit]:
        for place, one in enumerate(block):
            if not self._inside(one):
                continue
            last = isinstance(one, ast.Return) and owner is self._asked and one is block[-1]
            if isinstance(one, ast.Break | ast.Continue):
                other = ast.Continue() if isinstance(one, ast.Break) else ast.Break()
                yield self._set(owner, field, other, place).named(_line(one), _line(other))
            if isinstance(one, _LEFT_OUT) and not last:
                yield self._set(owner, field, ast.Pass(), place).named(_line(one), "(left out)")
            yield from self._neighbours(owner, field, block, place)

    def _neighbours(
        self, owner: ast.AST, field: str, block: list[ast.stmt], place: int
    ) -> Iterator[_Edit]:
        """Two questions one after the other: in another order, and as one with else."""
        one = block[place]
        if isinstance(one, ast.If) and one.orelse and not isinstance(owner, ast.If):
            alone = copy.copy(one)
            alone.orelse = []
            both = [*block[:place], alone, *one.orelse, *block[place + 1 :]]
            yield self._set(owner, field, both).named(_line(one), _line(one) + " (without else)")
        if place + 1 == len(block):
            return
        two = block[place + 1]
        if isinstance(one, ast.If) and isinstance(two, ast.If):
            turned = [*block[:place], two, one, *block[place + 2 :]]
            yield self._set(owner, field, turned).named(_line(one), "after " + _line(two))
            if not one.orelse and not isinstance(one.body[-1], ast.Raise | ast.Return):
                chained = copy.copy(one)
                chained.orelse = [two]
                joined = [*block[:place], chained, *block[place + 2 :]]
                yield self._set(owner, field, joined).named(_line(two), "el" + _line(two))
