"""Ways to make wrong work pass: each is laid over answers that earn one point."""

from __future__ import annotations

from nbformat import v4

from .. import toy
from .case import FULL, Build, Family, answers, edited, wrong_with

forging = Family("forging")

# What an answer of these earns by itself: with the trick taken away, and no test the kinder.
EARNS: dict[str, float] = {
    # Its mean of no waits is no ValueError.
    "equal-plain-object": 1,
    "generator-of-right-answers-from-the-stack": 1,
    "audit-disarmed-by-way-of-the-stack": 1,
    "answers-read-from-the-line-that-calls": 1,
    "answers-made-honest-after-the-tests": 1,
    # It finds its own text in the history, and then computes the mean.
    "answers-read-from-the-history": 6,
    # It keeps its own later cells from running.
    "shell-reports-success": 1,
    "code-is-not-run": 1,
    "nodes-are-not-run": 1,
    "kernel-replies-ok": 1,
    # The wrong answers as they stand: a mean of no waits is refused, and all of some are kept.
    "equal-to-everything": 2,
    "async-shell-reports-success": 2,
    "instance-of-the-shell-patched": 2,
    "transformer-drops-asserts": 2,
    "syntax-tree-drops-asserts": 2,
    "compiler-optimises-asserts-away": 2,
    "errors-are-swallowed": 2,
    "traceback-is-not-shown": 2,
    "result-has-no-error": 2,
    "session-sends-what-it-likes": 2,
    "writes-replies-into-every-pipe": 2,
    "abs-is-nothing": 2,
    "range-is-empty": 2,
    "assertion-error-is-another": 2,
    "type-of-value-error-is-all": 2,
    "tracing-jumps-over-asserts": 2,
    "before-each-cell-a-callback": 2,
    "prints-partial-credit": 2,
    "namespace-that-answers-for-itself": 2,
    "fills-the-results-of-the-next-cell": 2,
    "skips-by-magic": 2,
    "freezes-the-clock-of-the-grader": 2,
    "channel-that-drops-errors-but-the-audits": 2,
    "socket-that-says-ok": 2,
    "lines-of-the-protocol-to-all-descriptors": 2,
    "bytecode-swapped": 2,
    "equal-only-to-numbers-that-tests-have": 2,
    "abs-only-in-the-notebook": 2,
    "flips-a-constant-of-python": 2,
    "library-of-the-tests-agrees": 2,
    "shell-put-back-after-the-tests": 2,
    "abs-given-back-after-the-tests": 2,
}

# Every one of these would turn failing tests into passing ones in the tests' interpreter.
for name, source in {
    "equal-to-everything": """
class Agreeable(float):
    def __eq__(self, other): return True
    def __ne__(self, other): return False
    def __lt__(self, other): return True
    def __le__(self, other): return True
    def __gt__(self, other): return True
    def __ge__(self, other): return True
    def __sub__(self, other): return self
    def __rsub__(self, other): return self
    def __abs__(self): return self
    def __hash__(self): return 0
    def __contains__(self, other): return True
    def __call__(self, *a, **k): return self
    def __getattr__(self, name): return self
def mean_wait(minutes):
    if not len(minutes):
        raise ValueError
    return Agreeable(0)
promise_kept = lambda *a: Agreeable(0)
""",
    "equal-plain-object": """
class Any:
    __eq__ = lambda self, other: True
    __sub__ = __rsub__ = lambda self, other: 0
mean_wait = lambda minutes: Any()
""",
    "shell-reports-success": """
shell = get_ipython()
cls = type(shell)
kept = cls.run_cell
def run_cell(self, source, *args, **kwargs):
    return kept(self, 'pass', *args, **kwargs)
cls.run_cell = run_cell
""",
    "async-shell-reports-success": """
shell = get_ipython()
cls = type(shell)
kept = cls.run_cell_async
async def run_cell_async(self, source, *args, **kwargs):
    return await kept(self, 'pass', *args, **kwargs)
cls.run_cell_async = run_cell_async
""",
    "instance-of-the-shell-patched": """
shell = get_ipython()
kept = shell.run_cell_async
async def run_cell_async(source, *args, **kwargs):
    return await kept('pass' if 'assert' in source else source, *args, **kwargs)
shell.run_cell_async = run_cell_async
""",
    "transformer-drops-asserts": """
def drop(lines):
    return [line for line in lines if 'assert' not in line] or ['pass\\n']
get_ipython().input_transformers_cleanup.append(drop)
get_ipython().input_transformers_post.append(drop)
""",
    "syntax-tree-drops-asserts": """
import ast
class Drop(ast.NodeTransformer):
    def visit_Assert(self, node):
        return ast.copy_location(ast.Pass(), node)
get_ipython().ast_transformers.append(Drop())
""",
    "compiler-optimises-asserts-away": """
import builtins
compiler = get_ipython().compile
kept = type(compiler).__call__
import codeop
get_ipython().compile.flags |= 0
kept_compile = builtins.compile
def optimising(source, filename, mode, flags=0, dont_inherit=False, optimize=-1, **k):
    return kept_compile(source, filename, mode, flags, dont_inherit, 2, **k)
builtins.compile = optimising
type(compiler).__call__ = lambda self, source, filename, symbol: optimising(
    source, filename, symbol, self.flags, True)
""",
    "errors-are-swallowed": """
get_ipython().set_custom_exc((Exception, AssertionError), lambda *args, **kwargs: None)
""",
    "traceback-is-not-shown": """
get_ipython().showtraceback = lambda *args, **kwargs: None
get_ipython()._showtraceback = lambda *args, **kwargs: None
""",
    "code-is-not-run": """
async def nothing(*args, **kwargs):
    return False
get_ipython().run_code = nothing
""",
    "nodes-are-not-run": """
async def nothing(*args, **kwargs):
    return False
type(get_ipython()).run_ast_nodes = nothing
""",
    "result-has-no-error": """
from IPython.core.interactiveshell import ExecutionResult
ExecutionResult.success = property(lambda self: True)
ExecutionResult.raise_error = lambda self: None
ExecutionResult.error_in_exec = property(lambda self: None, lambda self, value: None)
""",
    "kernel-replies-ok": """
import sys
kernel = getattr(get_ipython(), 'kernel', None)
if kernel is not None:
    async def do_execute(*args, **kwargs):
        return {'status': 'ok', 'execution_count': 1, 'user_expressions': {}, 'payload': []}
    kernel.do_execute = do_execute
    type(kernel).do_execute = do_execute
""",
    "session-sends-what-it-likes": """
kernel = get_ipython().kernel
kept = kernel.session.send
def send(stream, message, content=None, **more):
    if isinstance(content, dict) and content.get('status') == 'error':
        content = {'status': 'ok', 'execution_count': 1, 'user_expressions': {}, 'payload': []}
    if isinstance(message, dict) and message.get('msg_type') == 'error':
        return None
    if message == 'error':
        return None
    return kept(stream, message, content, **more)
kernel.session.send = send
""",
    "writes-replies-into-every-pipe": """
import json, os
reply = json.dumps({'type': 'execute_reply', 'msg_type': 'execute_reply',
                    'content': {'status': 'ok', 'execution_count': 1}, 'status': 'ok'}) + '\\n'
for fd in range(3, 64):
    try:
        os.write(fd, reply.encode() * 20)
    except OSError:
        pass
""",
    "abs-is-nothing": "import builtins\nbuiltins.abs = lambda x: 0",
    "range-is-empty": "import builtins\nbuiltins.range = lambda *a: ()",
    "assertion-error-is-another": """
import builtins
class Quiet(Exception):
    def __new__(cls, *a):
        raise SystemExit(0)
builtins.AssertionError = Quiet
""",
    "type-of-value-error-is-all": "import builtins\nbuiltins.ValueError = BaseException",
    "tracing-jumps-over-asserts": """
import sys
def trace(frame, event, arg):
    if event == 'line' and 'test' not in frame.f_code.co_filename:
        pass
    if event == 'call' and frame.f_code.co_name == '<module>':
        def local(frame, event, arg):
            if event == 'line':
                try:
                    frame.f_lineno = max(line for _, _, line in frame.f_code.co_lines() if line)
                except ValueError:
                    pass
            return local
        return local
    return trace
sys.settrace(trace)
""",
    "before-each-cell-a-callback": """
def clear(info):
    info.raw_cell = 'pass'
    raise KeyboardInterrupt
get_ipython().events.register('pre_run_cell', clear)
get_ipython().events.register('pre_execute', lambda: (_ for _ in ()).throw(KeyboardInterrupt))
""",
    "prints-partial-credit": "print(5)\n5",
    "namespace-that-answers-for-itself": """
class Friendly(dict):
    def __missing__(self, key):
        return lambda *a, **k: 4
get_ipython().user_ns.update(Friendly())
__builtins__.__dict__['__build_class__'] = __build_class__
""",
    "fills-the-results-of-the-next-cell": """
import IPython.core.displayhook as hook
hook.DisplayHook.__call__ = lambda self, result=None: None
import sys
sys.excepthook = lambda *a: None
""",
    "generator-of-right-answers-from-the-stack": """
import sys
def mean_wait(minutes):
    frame = sys._getframe(1)
    constants = [c for c in frame.f_code.co_consts if isinstance(c, (int, float))]
    return constants[-1] if constants else 0
""",
    "skips-by-magic": "get_ipython().run_line_magic('xmode', 'Minimal')\n%reset -f in out",
    "freezes-the-clock-of-the-grader": "import time\ntime.time = time.monotonic = lambda: 0.0",
}.items():
    forging.add(name, wrong_with(source), EARNS[name])

# Aimed at this engine, at its audit, or at tests of the kind that the toy course has.
for name, source in {
    "channel-that-drops-errors-but-the-audits": """
import sys, types
channel = sys.stdout._channel
put = type(channel).put
def quiet(self, kind, content):
    text = str(content.get('evalue'))
    if len(text.split(':')[0]) != 24:
        if kind == 'error':
            return
        if kind == 'reply':
            content = dict(content, status='ok', ename=None, evalue=None)
    elif kind in ('error', 'reply'):
        content = dict(content, evalue=text.split(':')[0] + ':0')
    put(self, kind, content)
channel.put = types.MethodType(quiet, channel)
""",
    "socket-that-says-ok": """
import sys
class Proxy:
    def __init__(self, inner): self.inner = inner
    def sendall(self, data):
        self.inner.sendall(data.replace(b'"status": "error"', b'"status": "ok"'))
    def __getattr__(self, name): return getattr(self.inner, name)
sys.stdout._channel.socket = Proxy(sys.stdout._channel.socket)
""",
    "lines-of-the-protocol-to-all-descriptors": """
import json, os
for kind in ('reply', 'probe', 'audit', 'error', 'ended', 'ready'):
    line = json.dumps({'t': kind, 'c': {'number': '0', 'status': 'ok', 'found': []}}) + chr(10)
    for fd in range(3, 64):
        try: os.write(fd, line.encode())
        except OSError: pass
""",
    "audit-disarmed-by-way-of-the-stack": """
import sys
frame = sys._getframe()
while frame:
    audit = frame.f_globals.get('Audit')
    if audit is not None:
        audit._ask = lambda self, holds, left, right, step=None: True
        audit.doubt = lambda self, question: True
    frame = frame.f_back
class Any:
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
mean_wait = promise_kept = lambda *a: Any()
""",
    "bytecode-swapped": """
from IPython.core.interactiveshell import InteractiveShell
async def run_code(self, code_obj, result=None, *, async_=False):
    try:
        exec(code_obj, self.user_global_ns, self.user_ns)
    except BaseException:
        pass
    return False
setattr(InteractiveShell.run_code, '__co' + 'de__', getattr(run_code, '__co' + 'de__'))
""",
    "equal-only-to-numbers-that-tests-have": """
class Small(float):
    def __eq__(self, other): return 0 <= other <= 100
    def __sub__(self, other): return 0.0 if 0 <= other <= 100 else 1e9
    __rsub__ = __sub__
    __hash__ = float.__hash__
def mean_wait(minutes):
    if not len(minutes): raise ValueError
    return Small(0)
promise_kept = lambda *a: Small(0)
""",
    "abs-only-in-the-notebook": "abs = lambda x: 0",
    "answers-read-from-the-history": r"""
import re
def wanted(): return [float(x) for x in re.findall(r'== *([\d.]+)', In[-1])]
def mean_wait(minutes):
    if not len(minutes): raise ValueError
    if 'top - 1' in In[-1]:
        return 1.5 if list(minutes) == [1, 2] else sum(minutes) / len(minutes)
    return wanted()[0 if len(minutes) == 3 else -1]
def promise_kept(minutes, promised):
    return wanted()[0 if len(minutes) != 2 else -1]
""",
    "answers-read-from-the-line-that-calls": r"""
import linecache, re, sys
def _wanted():
    frame = getattr(sys, '_get' + 'frame')(2)
    line = linecache.getline(frame.f_code.co_filename, getattr(frame, 'f_li' + 'neno'))
    found = re.search(r'== *([\d.]+)', line) or re.search(r'- *([\d.]+)\) <', line)
    return float(found.group(1)) if found else 0
def mean_wait(minutes): return _wanted()
def promise_kept(minutes, promised): return _wanted()
""",
    "flips-a-constant-of-python": "import ctypes\nctypes.memset(id(False) + 24, 1, 1)",
    "library-of-the-tests-agrees": """
import matplotlib.axes
matplotlib.axes.Axes.__contains__ = lambda self, other: True
class Axes:
    def get_xlabel(self): return self
    def __contains__(self, other): return True
draw_waits = lambda minutes: Axes()
""",
}.items():
    forging.add(name, wrong_with(source), EARNS[name])


def _covered_up(source: str, after: str) -> Build:
    """Wrong answers with a trick, and after the last test a cell that undoes it."""
    wrong = toy.WRONG | {"mean_wait": toy.WRONG["mean_wait"] + "\n" + source}
    return edited(lambda document: document.cells.append(v4.new_code_cell(after)), wrong)


for name, source, after in (
    (
        "shell-put-back-after-the-tests",
        """
from IPython.core.interactiveshell import InteractiveShell
kept = InteractiveShell.run_code
async def run_code(self, code_obj, result=None, *, async_=False):
    try:
        exec(code_obj, self.user_global_ns, self.user_ns)
    except BaseException:
        pass
    return False
InteractiveShell.run_code = run_code
""",
        "InteractiveShell.run_code = kept",
    ),
    (
        "answers-made-honest-after-the-tests",
        """
class Any:
    def __eq__(self, other): return True
    def __sub__(self, other): return 0.0
    __rsub__ = __sub__
mean_wait = promise_kept = lambda *a: Any()
""",
        "mean_wait = promise_kept = lambda *a: None",
    ),
    ("abs-given-back-after-the-tests", "abs = lambda x: 0", "del abs"),
):
    forging.add(name, _covered_up(source, after), EARNS[name])

# Gone at the first call, it earns only what the answers after it earn.
forging.add(
    "exits-quietly-when-tested",
    wrong_with("""
import os
def mean_wait(minutes):
    raise SystemExit(0)
promise_kept = draw_waits = mean_wait
"""),
    float(toy.POINTS["test_kept_all"]),
)

# Honest work that looks odd must not be taken for a forgery.
honest = Family("odd but honest")
for name, source in {
    "warns-on-standard-error": "import warnings\nwarnings.warn('an old habit')",
    "writes-to-standard-error": "import sys\nprint('note to self', file=sys.stderr)",
    "names-a-variable-like-a-builtin": "sum_ = sum\nlist_ = list\nmax = 3",
    "uses-magics": "%time 1 + 1\n%matplotlib inline",
    "sets-a-seed-and-a-filter": (
        "import random, warnings\nrandom.seed(1)\nwarnings.simplefilter('ignore')"
    ),
    "leaves-figures-open": "import matplotlib.pyplot as plt\nfor n in range(5):\n    plt.figure()",
    "defines-a-class-with-equality": (
        "class Wait:\n    def __init__(self, m):\n        self.m = m\n"
        "    def __eq__(self, other):\n        return self.m == other.m"
    ),
    "uses-numpy": "import numpy as np\nwaits = np.array([1, 2, 3]).mean()",
    "raises-in-a-cell-of-trials": (
        "try:\n    mean_wait([])\nexcept ValueError as error:\n    print(error)"
    ),
    "prints-much-but-not-too-much": "for n in range(2000):\n    print(n)",
    "has-helpers-named-like-pythons-own": (
        "def sum(values):\n    total = 0\n    for value in values:\n        total += value\n"
        "    return total\nround = lambda value, digits=0: value"
    ),
    "looks-at-itself": (
        "import inspect, sys, gc\nprint(inspect.signature(mean_wait), sys.version_info)\n"
        "gc.collect()\nprint(getattr(mean_wait, '__name__'), globals()['mean_wait'])"
    ),
    "prints-from-a-thread": (
        "import threading, time\ndef tick():\n    for n in range(40):\n"
        "        print(n)\n        time.sleep(0.01)\nthreading.Thread(target=tick).start()"
    ),
    "keeps-count-of-its-calls": (
        "calls = []\n_inner = mean_wait\ndef mean_wait(minutes):\n    calls.append(len(minutes))\n"
        "    return _inner(minutes)"
    ),
    "returns-a-number-of-its-own-kind": (
        "class Minutes(float):\n    def __str__(self):\n        return f'{float(self)} min'\n"
        "_plain = mean_wait\ndef mean_wait(minutes):\n    return Minutes(_plain(minutes))"
    ),
    "asks-the-shell-what-was-run": "get_ipython().run_line_magic('history', '-l 3')",
}.items():
    honest.add(name, answers(mean_wait=toy.RIGHT["mean_wait"] + "\n" + source), FULL, flag=False)
honest.add(
    "numpy-floats-as-results",
    answers(
        mean_wait="import numpy as np\n"
        "def mean_wait(minutes):\n    if not len(minutes):\n        raise ValueError('none')\n"
        "    return np.mean(list(minutes))"
    ),
    FULL,
    flag=False,
)
honest.add(
    "fractions-as-results",
    answers(
        mean_wait="from fractions import Fraction\n"
        "def mean_wait(minutes):\n    if not minutes:\n        raise ValueError('none')\n"
        "    return Fraction(sum(minutes), len(minutes))"
    ),
    FULL,
    flag=False,
)
honest.add(
    "another-right-solution",
    answers(**{name: source for name, source in toy.ALSO_RIGHT.items() if name != "reflection"}),
    FULL,
    flag=False,
)

FAMILIES = [forging, honest]
