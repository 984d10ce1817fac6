"""A warmed interpreter that forks once per submission, inside the sandbox.

It imports what the assignment imports, runs a first cell of each kind so that the
forks find the paths warm, and then waits for the orders of ``protocol``.
"""

from __future__ import annotations

import contextlib
import gc
import os
from typing import TYPE_CHECKING

from .channel import crashed
from .child import Child
from .joints import examine
from .manager import Manager, run
from .probe import Probe
from .questions import Audit
from .warm import Warm

if TYPE_CHECKING:
    import socket

    from .protocol import Fork


class Zygote(Manager):
    """Forks the interpreter that it has warmed up."""

    def prepare(self) -> None:
        """Warm an interpreter up, to be forked from."""
        examine(self.plan["joints"])
        imports = self.plan["imports"]
        self._warm = Warm(imports)
        self._probe = Probe(self._warm, imports, (Audit, Child))
        gc.collect()
        gc.freeze()

    def start(self, order: Fork, channel: socket.socket, supply: socket.socket) -> int:
        """Fork."""
        child = os.fork()
        if child == 0:
            try:
                self.control.close()
                Child(self._warm, self._probe, channel, supply, order).live()
            except BaseException as error:  # noqa: BLE001 - the only way out of the fork
                with contextlib.suppress(OSError):
                    channel.sendall(crashed(error))
            finally:
                os._exit(70)
        return child


def main(descriptor: int, given: str) -> None:
    """Be the zygote of a jail."""
    run(Zygote, descriptor, given)
