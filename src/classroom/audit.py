"""Find marks that were not earned, without accusing anyone who is merely wrong.

A test that passed is run once more, after the notebook, in a form that must end
with an error of the grader's own, holding a number nobody could know. On the way
each ``assert left == right`` is also asked whether ``left`` equals something that
is certainly not ``right``. Only three things can then happen to honest work:
nothing. What shows up is

* an error that does not come through: the interpreter reports what a student
  wants it to;
* a value equal to two different things: it is not a value but a trick;
* an interpreter whose own parts were replaced.

None of it is proof, and a determined forger who knows this file can still win:
code in the same process can do anything. For an examination, read the answers.
"""

from __future__ import annotations

import ast
from dataclasses import dataclass, field
from functools import lru_cache

_CLOSE = frozenset({"isclose", "allclose", "array_equal", "array_equiv"})
_PLACE = "__audit__"
_SENTENCE = "__sentence__"


class _Twin(ast.NodeTransformer):
    """Rewrite the conditions of assertions into questions to the audit object."""

    def __init__(self) -> None:
        self.questions = 0

    def _ask(self, question: str, *arguments: ast.expr) -> ast.expr:
        self.questions += 1
        audit = ast.Name(_PLACE, ast.Load())
        return ast.Call(ast.Attribute(audit, question, ast.Load()), list(arguments), [])

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        node.test = self._condition(node.test)
        return node

    def _condition(self, test: ast.expr) -> ast.expr:
        if isinstance(test, ast.BoolOp):
            test.values = [self._condition(value) for value in test.values]
            return test
        if isinstance(test, ast.Compare) and len(test.ops) == 1:
            return self._comparison(test, test.left, test.ops[0], test.comparators[0])
        if isinstance(test, ast.Call):
            return self._call(test)
        return test

    def _comparison(
        self, test: ast.Compare, left: ast.expr, operator: ast.cmpop, right: ast.expr
    ) -> ast.expr:
        if isinstance(operator, ast.Eq):
            return self._twice(self._ask("compare", left, right), left, right)
        if isinstance(operator, ast.Is) and isinstance(right, ast.Constant):
            return self._ask("identical", left, right)
        if isinstance(operator, ast.Lt | ast.LtE) and (parts := _difference(left)):
            strict = ast.Constant(isinstance(operator, ast.Lt))
            return self._ask("near", *parts, right, strict)
        return test

    def _twice(self, first: ast.expr, left: ast.expr, right: ast.expr) -> ast.expr:
        """Ask once more with another constant in the code, for values that read the code."""
        other = _other(right)
        if other is None or any(isinstance(n, ast.NamedExpr | ast.Await) for n in ast.walk(left)):
            return first
        nothing = ast.arguments([], [], None, [], [], None, [])
        question = ast.Lambda(nothing, ast.Compare(left, [ast.Eq()], [other]))
        # Asked first: a value that reads the code may fail the rewritten question itself.
        return ast.BoolOp(ast.And(), [self._ask("doubt", question), first])

    def _call(self, test: ast.Call) -> ast.expr:
        function = test.func
        name = function.attr if isinstance(function, ast.Attribute) else None
        name = function.id if isinstance(function, ast.Name) else name
        plain = not any(isinstance(argument, ast.Starred) for argument in test.args)
        if name in _CLOSE and len(test.args) >= 2 and plain:
            call = self._ask("alike", function, *test.args)
            if isinstance(call, ast.Call):
                call.keywords = test.keywords
            return call
        if name == "all" and len(test.args) == 1 and isinstance(test.args[0], ast.GeneratorExp):
            test.args[0].elt = self._condition(test.args[0].elt)
        return test


def _other(node: ast.expr) -> ast.expr | None:
    """Give another constant of the same kind, or nothing where there is no sure one."""
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _other(node.operand)
        return None if inner is None else ast.UnaryOp(ast.USub(), inner)
    if isinstance(node, ast.Constant):
        value = node.value
        if isinstance(value, int | float) and not isinstance(value, bool):
            return ast.Constant(value + 7919 + 2 * abs(value))
        if isinstance(value, str):
            return ast.Constant(value + " altered")
    return None


def _difference(node: ast.expr) -> tuple[ast.expr, ast.expr] | None:
    """Take ``abs(a - b)`` apart."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and (node.func.id if isinstance(node.func, ast.Name) else node.func.attr) in ("abs", "fabs")
        and len(node.args) == 1
        and isinstance(node.args[0], ast.BinOp)
        and isinstance(node.args[0].op, ast.Sub)
    ):
        return node.args[0].left, node.args[0].right
    return None


@lru_cache(maxsize=512)
def _template(source: str) -> tuple[str, bool]:
    flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    ending = f"{_PLACE}.end({_SENTENCE!r})"
    try:
        tree = compile(source, "<test>", "exec", flags)
    except (SyntaxError, ValueError):
        return ending, False
    rewriter = _Twin()
    twin = rewriter.visit(tree)
    guarded = ast.Try(
        body=twin.body or [ast.Pass()],
        handlers=[ast.ExceptHandler(ast.Name("BaseException", ast.Load()), None, [ast.Pass()])],
        orelse=[],
        finalbody=[],
    )
    guarded.handlers[0].type = ast.Attribute(ast.Name(_PLACE, ast.Load()), "anything", ast.Load())
    module = ast.Module([guarded], [])
    return f"{ast.unparse(ast.fix_missing_locations(module))}\n{ending}", rewriter.questions > 0


def twin(source: str, name: str, secret: str) -> str:
    """Rewrite a test cell for the audit.

    Parameters
    ----------
    source
        The teacher's test.
    name
        What the audit object will be called.
    secret
        What the final error must say, before the count of contradictions.
    """
    return _template(source)[0].replace(_PLACE, name).replace(repr(_SENTENCE), repr(secret))


def has_questions(source: str) -> bool:
    """Whether a test holds assertions that the audit can question."""
    return _template(source)[1]


@dataclass(slots=True)
class Findings:
    """What the audit of one notebook found.

    Attributes
    ----------
    cells
        ``grade_id`` of a test to the reason why its mark cannot be believed.
    notebook
        Reasons that concern every test.
    """

    cells: dict[str, str] = field(default_factory=dict)
    notebook: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.cells and not self.notebook


def judge(secret: str, status: str, ename: str, evalue: str) -> tuple[bool, str | None]:
    """Read the answer to one twin.

    Returns
    -------
    tuple
        Whether the error came through as it must, and the reason for doubt about
        this cell, if there is one.
    """
    if status != "error" or ename != "AssertionError":
        return False, None
    head, _, count = evalue.rpartition(":")
    if head != secret or not count.isdigit():
        return False, None
    if int(count):
        return True, (
            "a value in it is equal to two different things at once, so it cannot be the "
            "answer to both"
        )
    return True, None
