"""Find marks that were not earned, without accusing anyone who is merely wrong.

A test that passed is run once more, after the notebook, in a form that must end
with an error of the grader's own, holding a number nobody could know. On the way
each ``assert left == right`` is also asked whether ``left`` equals something that
is certainly not ``right``, and each check that takes an expected value is given
another one, which it must refuse. Only three things can then happen to honest
work: nothing. What shows up is

* an error that does not come through: the interpreter reports what a student
  wants it to;
* a value equal to two different things: it is not a value but a trick;
* a check that is content with anything, or with no answer at all;
* an interpreter, or a module that the tests use, whose parts were replaced;
* a test that passes although another constant stands in it, in a form that looks
  like the test (:func:`mutants`).

None of it is proof, and a determined forger who knows this file can still win:
code in the same process can do anything. That is why tests run apart from the
answers (``classroom.crossing``); only those that need the learner's interpreter
itself are questioned here, and what is found is told as what could not be checked.
"""

from __future__ import annotations

import ast
import builtins
import re
import secrets
from dataclasses import dataclass, field
from functools import lru_cache
from typing import NamedTuple

from classroom.words.reasons import Code, Reason, because

_CLOSE = frozenset({"isclose", "allclose", "array_equal", "array_equiv"})
_PLACE = "__audit__"
_OTHER = "__other__"
_SENTENCE = "__sentence__"
# At most so many of a test's expectations are altered, one at a time.
MUTANTS = 6
# No test holds so many questions that their count is longer.
MOST_DIGITS = 6


# Checks of the usual test libraries that take what came back and what was expected.
_TAKES_TWO = re.compile(
    r"assert_(?:equal|allclose|(?:approx|almost|array|array_almost|frame|series|index)_equal)"
    r"|assert(?:AlmostEqual|(?:List|Tuple|Dict|Set|Sequence|MultiLine)?Equal)"
)


class _Twin(ast.NodeTransformer):
    """Rewrite assertions, and other checks, into questions to the audit object."""

    def __init__(self) -> None:
        self.questions = 0
        self.comparisons = 0
        self._within = 0

    def visit_FunctionDef(self, node: ast.FunctionDef) -> ast.AST:
        # What a helper of the test checks must fail with the helper, not by itself.
        self._within += 1
        self.generic_visit(node)
        self._within -= 1
        return node

    def _ask(self, question: str, *arguments: ast.expr) -> ast.expr:
        self.questions += 1
        self.comparisons += not question.startswith("refuses")
        audit = ast.Name(_PLACE, ast.Load())
        return ast.Call(ast.Attribute(audit, question, ast.Load()), list(arguments), [])

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        node.test = self._condition(node.test)
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        place = _expected(node.value)
        call = node.value
        if self._within or place is None or not isinstance(call, ast.Call) or _binds(call):
            return node
        right = call.args[place]
        call.args[place] = ast.Name(_OTHER, ast.Load())
        again = ast.Lambda(
            ast.arguments([], [ast.arg(_OTHER)], None, [], [], None, []),
            call,
        )
        kind = "refuses" if _attribute(call) != "raises" else "refuses_kind"
        node.value = self._ask(kind, again, right)
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
        if other is None or _binds(left):
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


def _attribute(call: ast.Call) -> str:
    function = call.func
    if isinstance(function, ast.Attribute):
        return function.attr
    return function.id if isinstance(function, ast.Name) else ""


def _expected(node: ast.expr) -> int | None:
    """Say which argument of a check is what it expects, ``None`` if the call is no such check."""
    if not isinstance(node, ast.Call) or any(isinstance(a, ast.Starred) for a in node.args):
        return None
    name = _attribute(node)
    if name in ("returns", "raises") and isinstance(node.func, ast.Attribute) and node.args:
        return 0
    if len(node.args) >= 2 and _TAKES_TWO.fullmatch(name):
        return 1
    return None


def _binds(node: ast.AST) -> bool:
    """Whether an expression does what it could not do within a function."""
    kinds = (ast.NamedExpr, ast.Await, ast.Yield, ast.YieldFrom)
    return any(isinstance(inner, kinds) for inner in ast.walk(node))


def _other(node: ast.expr) -> ast.expr | None:
    """Give another constant of the same kind, or nothing where there is no sure one."""
    other: ast.expr | None = None
    if isinstance(node, ast.UnaryOp) and isinstance(node.op, ast.USub):
        inner = _other(node.operand)
        other = None if inner is None else ast.UnaryOp(ast.USub(), inner)
    elif isinstance(node, ast.Constant):
        value = node.value
        if isinstance(value, bool) or value is None:
            other = ast.Constant("neither")
        elif isinstance(value, int | float):
            other = ast.Constant(value + 7919 + 2 * abs(value))
        elif isinstance(value, str):
            other = ast.Constant(value + " altered")
    elif isinstance(node, ast.List):
        other = ast.List([*node.elts, ast.Constant("altered")], ast.Load())
    elif isinstance(node, ast.Dict):
        other = ast.Dict([*node.keys, ast.Constant("altered")], [*node.values, ast.Constant(1)])
    return other


def _difference(node: ast.expr) -> tuple[ast.expr, ast.expr, ast.expr] | None:
    """Take ``abs(a - b)`` apart, into the function and what is subtracted."""
    if (
        isinstance(node, ast.Call)
        and isinstance(node.func, ast.Name | ast.Attribute)
        and (node.func.id if isinstance(node.func, ast.Name) else node.func.attr) in ("abs", "fabs")
        and len(node.args) == 1
        and isinstance(node.args[0], ast.BinOp)
        and isinstance(node.args[0].op, ast.Sub)
    ):
        return node.func, node.args[0].left, node.args[0].right
    return None


class _Mutant(ast.NodeTransformer):
    """Put another constant into the one place, counted from 0, where a test expects one."""

    def __init__(self, place: int) -> None:
        self.place = place
        self.seen = 0

    def _altered(self, node: ast.expr) -> ast.expr:
        other = _other(node)
        if other is None:
            return node
        self.seen += 1
        return other if self.seen == self.place + 1 else node

    def visit_Assert(self, node: ast.Assert) -> ast.AST:
        # Of alternatives, another may hold.
        tests = [node.test]
        if isinstance(node.test, ast.BoolOp) and isinstance(node.test.op, ast.And):
            tests = node.test.values
        for test in tests:
            if not isinstance(test, ast.Compare) or len(test.ops) != 1:
                continue
            if isinstance(test.ops[0], ast.Eq):
                test.comparators[0] = self._altered(test.comparators[0])
            elif isinstance(test.ops[0], ast.Lt | ast.LtE) and (parts := _difference(test.left)):
                size, left, right = parts
                difference = ast.BinOp(left, ast.Sub(), self._altered(right))
                test.left = ast.Call(size, [difference], [])
        return node

    def visit_Expr(self, node: ast.Expr) -> ast.AST:
        place = _expected(node.value)
        if place is not None and isinstance(node.value, ast.Call):
            node.value.args[place] = self._altered(node.value.args[place])
        return node


@lru_cache(maxsize=512)
def mutants(source: str) -> tuple[str, ...]:
    """Give a test with another expected constant in one place each, which must therefore fail."""
    made: list[str] = []
    while len(made) < MUTANTS:
        try:
            tree = ast.parse(source)
        except (SyntaxError, ValueError):
            break
        rewriter = _Mutant(len(made))
        tree = rewriter.visit(tree)
        if rewriter.seen <= len(made):
            break
        made.append(ast.unparse(ast.fix_missing_locations(tree)))
    return tuple(made)


@lru_cache(maxsize=512)
def names_used(source: str) -> frozenset[str]:
    """List the names that a test reads and does not define itself."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError):
        return frozenset()
    names = [node for node in ast.walk(tree) if isinstance(node, ast.Name)]
    own = {node.id for node in names if not isinstance(node.ctx, ast.Load)}
    return frozenset({node.id for node in names} - own)


def names_bound(source: str) -> frozenset[str] | None:
    """List the names to which code gives a value anywhere, ``None`` if it cannot be told."""
    try:
        tree = ast.parse(source)
    except (SyntaxError, ValueError, RecursionError, MemoryError):
        return None
    bound: set[str] = set()
    for node in ast.walk(tree):
        if isinstance(node, ast.Name) and not isinstance(node.ctx, ast.Load):
            bound.add(node.id)
        elif isinstance(node, ast.FunctionDef | ast.AsyncFunctionDef | ast.ClassDef):
            bound.add(node.name)
        elif isinstance(node, ast.alias):
            bound.add((node.asname or node.name).split(".")[0])
    # ``from module import *`` and the like may bind anything.
    return None if "*" in bound else frozenset(bound)


@lru_cache(maxsize=512)
def _template(source: str) -> tuple[str, _Twin]:
    flags = ast.PyCF_ONLY_AST | ast.PyCF_ALLOW_TOP_LEVEL_AWAIT
    rewriter = _Twin()
    ending = f"{_PLACE}.end({_SENTENCE!r})"
    try:
        tree = compile(source, "<test>", "exec", flags)
    except (SyntaxError, ValueError):
        return ending, rewriter
    twin = rewriter.visit(tree)
    guarded = ast.Try(
        body=twin.body or [ast.Pass()],
        handlers=[ast.ExceptHandler(ast.Name("BaseException", ast.Load()), None, [ast.Pass()])],
        orelse=[],
        finalbody=[],
    )
    guarded.handlers[0].type = ast.Attribute(ast.Name(_PLACE, ast.Load()), "anything", ast.Load())
    module = ast.Module([guarded], [])
    return f"{ast.unparse(ast.fix_missing_locations(module))}\n{ending}", rewriter


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


def has_comparisons(source: str) -> bool:
    """Whether a test itself compares what came back, rather than a check that it calls."""
    return _template(source)[1].comparisons > 0


def has_questions(source: str) -> bool:
    """Whether a test holds assertions that the audit can question."""
    return _template(source)[1].questions > 0


@dataclass(frozen=True, slots=True)
class Question:
    """A piece of code that honest work answers in one way.

    Attributes
    ----------
    name
        Tells it from others; the teacher's own solution may be excused from it.
    code
        To be run; with ``secret`` it must end with the error that holds it, else
        with any error.
    reason
        What is so if it is answered otherwise.
    place
        What the audit object is called in it.
    """

    name: str
    code: str
    reason: Reason
    place: str = ""
    secret: str | None = None


@dataclass(frozen=True, slots=True)
class Answers:
    """What of the answers bears on the questions.

    Attributes
    ----------
    asked_for
        The names that the assignment asks for.
    bound
        The names that the submission's own code gives to anything, ``None`` if it cannot be told.
    """

    asked_for: frozenset[str] = frozenset()
    bound: frozenset[str] | None = None


def without_answers(
    grade_id: str, source: str, place: str, taken: frozenset[str]
) -> Question | None:
    """Ask, at once after a test that does not itself compare, if it passes without the answers."""
    if not taken or has_comparisons(source):
        return None
    secret = secrets.token_hex(12)
    code = f"{place}.without({sorted(taken)!r}, {source!r}, {secret!r})"
    return Question(f"{grade_id} without", code, because(Code.NO_ANSWER_NEEDED), place, secret)


def questions(
    grade_id: str, source: str, place: str, answers: Answers, *, briefly: bool = False
) -> list[Question]:
    """Give the questions to ask about a test that passed.

    Parameters
    ----------
    grade_id, source
        The test.
    place
        What the audit object will be called.
    answers
        What else there is to know.
    briefly
        Whether to leave out what takes long where checks that the test calls do the
        comparing: they are the same in all tests, so a few of these are enough.
    """
    asked = []
    if has_comparisons(source) or (has_questions(source) and not briefly):
        secret = secrets.token_hex(12)
        reason = because(Code.TWO_THINGS)
        asked.append(Question(grade_id, twin(source, place, secret), reason, place, secret))
    used = names_used(source) - answers.asked_for
    bound = used if answers.bound is None else used & answers.bound
    own = sorted(name for name in bound if hasattr(builtins, name))
    if own:
        secret = secrets.token_hex(12)
        code = f"{place}.cleanly({own!r}, {source!r}, {secret!r})"
        reason = because(Code.OWN_BUILTINS, names=", ".join(own[:8]))
        asked.append(Question(f"{grade_id} cleanly", code, reason, place, secret))
    asked += [
        Question(f"{grade_id} mutant {number}", code, because(Code.ANY_CONSTANT))
        for number, code in enumerate(mutants(source))
    ]
    return asked


_FINDINGS = {
    "builtins": Code.BUILTINS_REPLACED,
    "shell": Code.SHELL_REPLACED,
    "hook": Code.HOOK_REPLACED,
    "inner": Code.INNER_REPLACED,
    "taught": Code.TAUGHT_REPLACED,
    "modules": Code.MODULES_GONE,
    "tree": Code.TREE_REWRITTEN,
    "text": Code.TEXT_REWRITTEN,
    "errors": Code.ERRORS_CAUGHT,
    "trace": Code.LINES_TRACED,
    "answered": Code.ANSWERED_FOR_IT,
    "ended": Code.ENDED_WHILE_CHECKED,
    "echo": Code.ECHO_DIFFERS,
    "came-through": Code.NO_FAILURE_THROUGH,
}
_NAME = re.compile(r"[A-Za-z_][A-Za-z0-9_.-]{0,79}")
_NAMES_TOLD = 5


class Finding(NamedTuple):
    """What concerns every test of a notebook, by the word that the interpreter has for it.

    Attributes
    ----------
    code
        One of those that the desk knows.
    names
        Of what was replaced.
    """

    code: str
    names: tuple[str, ...] = ()

    @classmethod
    def told(cls, said: object) -> Finding:
        """Read one that came from the learner's interpreter, which may say anything.

        What is none says so itself: nobody is told in words of a learner's.
        """
        parts = said if isinstance(said, list) else []
        if not parts or not isinstance(parts[0], str) or parts[0] not in _FINDINGS:
            return cls("answered")
        names = [name for name in parts[1:] if isinstance(name, str) and _NAME.fullmatch(name)]
        return cls(parts[0], tuple(names[:_NAMES_TOLD]))

    @property
    def key(self) -> str:
        """What the teacher's own solution is excused by."""
        return ":".join((self.code, *self.names))

    @property
    def reason(self) -> Reason:
        """What it is, with the names if any belong to it."""
        code = _FINDINGS[self.code]
        names = ", ".join(self.names).replace("-", " ")
        return because(code, names=names) if code.facts else because(code)


@dataclass(slots=True)
class Findings:
    """What the audit of one notebook found.

    Attributes
    ----------
    cells
        ``grade_id`` of a test to why its mark cannot be believed.
    notebook
        What concerns every test.
    questions
        The questions that were answered as no honest work can; see :class:`Question`.
    """

    cells: dict[str, Reason] = field(default_factory=dict)
    notebook: list[Finding] = field(default_factory=list)
    questions: list[str] = field(default_factory=list)

    @property
    def clean(self) -> bool:
        """Whether there is nothing to tell."""
        return not self.cells and not self.notebook


def judge(secret: str, status: str, ename: str, evalue: str) -> tuple[bool, bool]:
    """Read the answer to one question.

    Returns
    -------
    tuple
        Whether the error came through as it must, and whether it tells of something
        that cannot be so.
    """
    if status != "error" or ename != "AssertionError":
        return False, False
    head, _, count = evalue.rpartition(":")
    if head != secret or len(count) > MOST_DIGITS or not count.isdecimal():
        return False, False
    return True, int(count) > 0
