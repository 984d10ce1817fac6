"""What of an interpreter a submission replaced: compared with what it was before the fork."""

from __future__ import annotations

import builtins
import json
import socket
import sys
from typing import Any

from .channel import Channel, Stream
from .warm import Warm

# What an honest notebook never replaces, compared with what it was before the fork.
WATCHED_SHELL = (
    "run_cell",
    "run_cell_async",
    "_run_cell",
    "run_ast_nodes",
    "run_code",
    "transform_cell",
    "transform_ast",
    "showtraceback",
    "_showtraceback",
    "showsyntaxerror",
    "compile",
    "check_complete",
)
NEEDED = ("builtins", "sys", "os", "types", "IPython", "ipykernel", "numpy", "matplotlib", "math")
BEFORE_A_CELL = ("pre_execute", "pre_run_cell")
# Modules that replace parts of themselves when they are used.
CHANGE_BY_THEMSELVES = {"matplotlib", "IPython", "ipykernel", "builtins", "sys", "warnings"}
# Of these, only the modules that are imported by name: there are thousands of others.
LARGE = {"numpy", "pandas", "scipy"}
SOCKET = socket.socket


class Probe:
    """What must still be itself after a submission has run, remembered before it does.

    Parameters
    ----------
    warm
        The interpreter, before the fork.
    imports
        What the teacher's cells import.
    ours
        Further classes whose methods nothing of a submission's may replace.
    """

    def __init__(self, warm: Warm, imports: list[str], ours: tuple[type, ...]) -> None:
        self._channel, self._kernel, self._shell = warm.channel, warm.kernel, warm.shell
        self._ours = (*ours, Channel, Probe, Stream, Warm)
        self._was = self._reference(imports)

    @property
    def callbacks(self) -> list[list[Any]]:
        """What is called before each cell, by the names of ``BEFORE_A_CELL``."""
        kept: list[list[Any]] = self._was["callbacks"]
        return kept

    def _hooks(self) -> dict[str, Any]:
        shell = self._shell
        return {
            "display-hook": type(shell.displayhook).__call__,
            "display-publisher": type(shell.display_pub).publish,
            "kernel": type(self._kernel).do_execute,
            "channel": Channel.put,
            "stream": Stream.write,
            "json": json.dumps,
            "session": type(self._kernel.session).send,
        }

    def _inner_parts(self) -> list[Any]:
        """List the interpreter's functions and ours with their code, and what the channel is."""
        shell = [getattr(type(self._shell), name, None) for name in WATCHED_SHELL]
        ours = [part for kind in self._ours for part in _functions(kind)]
        functions = [*shell, *self._hooks().values(), *ours]
        codes = [getattr(function, "__code__", None) for function in functions]
        return [*ours, *codes, *vars(self._channel), *_functions(type(self._channel))]

    def _inputs(self) -> list[list[Any]]:
        manager = self._shell.input_transformer_manager
        return [
            list(manager.cleanup_transforms),
            list(manager.line_transforms),
            list(manager.token_transformers),
            list(self._shell.input_transformers_post),
        ]

    def _taught(self, imports: list[str]) -> dict[str, Any]:
        """Remember what the modules are made of that the teacher's cells import."""
        tops = {name.split(".")[0] for name in imports} - CHANGE_BY_THEMSELVES
        parts: dict[str, Any] = {}
        for name, module in sorted(sys.modules.items()):
            if name.split(".")[0] in tops and (name in imports or name.split(".")[0] not in LARGE):
                parts |= _callables(name, module)
        return parts

    def _reference(self, imports: list[str]) -> dict[str, Any]:
        """Remember what must still be itself after a submission has run."""
        shell = self._shell
        return {
            "modules": {name: sys.modules[name] for name in NEEDED if name in sys.modules},
            "callbacks": [list(shell.events.callbacks[name]) for name in BEFORE_A_CELL],
            "builtins": {
                name: value
                for name, value in vars(builtins).items()
                if name not in ("_", "__", "___", "input", "display", "get_ipython")
            },
            "shell": {name: getattr(type(shell), name, None) for name in WATCHED_SHELL},
            "hooks": self._hooks(),
            "inner": self._inner_parts(),
            "taught": self._taught(imports),
            "imports": imports,
            "ast_transformers": list(shell.ast_transformers),
            "inputs": self._inputs(),
        }

    def found(self) -> list[list[str]]:
        """Name what was replaced since the fork: a code of the desk's, and what it is about."""
        found: list[list[str]] = []
        reference, shell = self._was, self._shell
        changed = [
            name
            for name, value in reference["builtins"].items()
            if vars(builtins).get(name) is not value
        ]
        if changed:
            found.append(["builtins", *sorted(changed)[:5]])
        own = set(vars(shell))
        patched = [
            name
            for name, value in reference["shell"].items()
            if getattr(type(shell), name, None) is not value or (name in own and name != "compile")
        ]
        if patched or "_trait_values" not in own:
            found.append(["shell", *patched[:5]])
        now = self._hooks()
        found += [
            ["hook", name] for name, value in reference["hooks"].items() if now[name] is not value
        ]
        return found + self._further_parts() + self._further_handlers()

    def _further_parts(self) -> list[list[str]]:
        found = []
        reference = self._was
        inner = self._inner_parts()
        if not _same(inner, reference["inner"]) or type(self._channel.socket) is not SOCKET:
            found.append(["inner"])
        taught = self._taught(reference["imports"])
        other = [n for n, part in reference["taught"].items() if taught.get(n) is not part]
        if other:
            found.append(["taught", *other[:5]])
        lost = [n for n, m in reference["modules"].items() if sys.modules.get(n) is not m]
        if lost:
            found.append(["modules", *lost[:5]])
        return found

    def _further_handlers(self) -> list[list[str]]:
        found = []
        reference, shell = self._was, self._shell
        if list(shell.ast_transformers) != reference["ast_transformers"]:
            found.append(["tree"])
        if self._inputs() != reference["inputs"]:
            found.append(["text"])
        if shell.custom_exceptions:
            found.append(["errors"])
        if sys.gettrace() is not None or sys.getprofile() is not None:
            found.append(["trace"])
        return found


def _functions(kind: type) -> list[Any]:
    return [part for part in vars(kind).values() if callable(part)]


def _callables(name: str, module: Any) -> dict[str, Any]:
    """List the functions and classes of a module, and the methods of its own classes."""
    found: dict[str, Any] = {}
    for part, value in list(getattr(module, "__dict__", {}).items()):
        if part.startswith("__") or not callable(value):
            continue
        found[f"{name}.{part}"] = value
        if isinstance(value, type) and getattr(value, "__module__", None) == name:
            methods = {f"{name}.{part}.{n}": m for n, m in vars(value).items() if callable(m)}
            found |= methods
    return found


def _same(one: list[Any], other: list[Any]) -> bool:
    return len(one) == len(other) and all(a is b for a, b in zip(one, other, strict=True))
