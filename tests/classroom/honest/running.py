"""Right answers that print, draw, call or wait in an unusual way."""

from __future__ import annotations

from .. import toy
from ..hostile.case import WITHOUT_MEAN, answers, right_then
from .case import Family, first_in

shell = Family("lines of the shell")
printing = Family("printing")
ending = Family("ending")

SHELL = {
    "pip-and-ls": "%pip install pandas\n!ls\n",
    "pip-by-the-shell": "!pip install -q numpy\n",
    "python-m-pip": "import sys\n!{sys.executable} -m pip install -U scipy\n",
    "wget": "!wget -q https://example.org/waits.csv\n",
    "a-shell-cell": "files = !ls\nprint(files[:1])\n",
    "a-name-in-the-shell": "folder = '.'\n!ls -a {folder} $folder\n",
    "echo-of-other-letters": "!echo 'käytävä \\x80' ; printf '\\377'\n",
    "apt-get": "!apt-get install -y graphviz\n",
    "a-command-that-is-not-there": "!nvidia-smi\n",
}
for name, line in SHELL.items():
    shell.add(name, answers(mean_wait=line + toy.RIGHT["mean_wait"]))
shell.add(
    "no-network-is-said-once",
    answers(
        mean_wait=toy.RIGHT["mean_wait"],
        promise_kept="import urllib.request\ntry:\n    urllib.request.urlopen('http://example.org')\n"
        "except OSError as error:\n    print(error)\n" + toy.RIGHT["promise_kept"],
    ),
    told="There is no network",
)

PRINTS = {
    "forty-megabytes-in-a-line": 'print("x" * (40 << 20))',
    "a-lone-surrogate": 'print("\\ud800")',
    "nulls-and-bells": 'print("\\0\\a\\b\\x1b[2J\\x7f\\x9b")',
    "a-progress-bar": "print(*(f'\\r{n} %' for n in range(100)))",
    "many-short-lines": "[print(n) for n in range(20_000)]",
    "to-standard-error": "import sys; print('warning: slow', file=sys.stderr)",
    "a-warning": "import warnings; warnings.warn('old habits')",
    "a-log": "import logging; logging.warning('called')",
    "directions-mixed": 'print("\\u202eabc\\u2066\\u200f")',
    "bytes-as-they-come": "import sys; sys.stdout.write(str(bytes(range(256))))",
}
for name, line in PRINTS.items():
    printing.add(name, answers(**first_in("mean_wait", line)))
printing.add(
    "a-lone-surrogate-in-an-error",
    answers(mean_wait="def mean_wait(minutes):\n    raise KeyError('\\ud800')"),
    deserved=WITHOUT_MEAN,
)
printing.add("a-lone-surrogate-as-a-value", right_then('"\\udc80"'))

ending.add(
    "ctypes-crash",
    answers(mean_wait="def mean_wait(minutes):\n    import ctypes; ctypes.string_at(0)"),
    deserved=WITHOUT_MEAN,
    look=True,
    told="The interpreter stopped in cell test_mean:",
)
ending.add(
    "a-loop-without-end",
    answers(mean_wait="while True: pass"),
    deserved=WITHOUT_MEAN,
    look=True,
    told="Cell mean_wait was interrupted at the time limit",
)
