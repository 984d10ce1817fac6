"""What the two interpreters say to each other: short typed messages in frames with a bound.

A frame is its length in four bytes and an array of JSON: version, kind, body.
To the answers' side alone, which has nothing to lose, goes one kind of message that
is no JSON: a call whose name and arguments are written as `values.Plain`, at C speed.
The tests' side asks (`ASKS`), the answers' side answers; while either waits for
an answer it serves what the other asks back, so calls may nest::

    tests                                      answers (a fork made at the test's place)
    ["names", [name, ...]]                 ->  ["answer", {...}]
    ["call", what, [args, kwargs]]         ->  ["answer", {...}]
    (what, args, kwargs)                   ->  ["answer", {...}]
    ["next", token], ["await", token]      ->  ["answer", {...}]
    ["answer", {...}]                      <-  ["call", token, [args, kwargs]]

An answer holds ``value`` or ``error``, what was ``printed``, ``objects``: what
the containers of the arguments hold now if that is not what they held before,
and ``borrowed``: the function of a watched package that was called, if one was.
"""

from __future__ import annotations

import json
import socket
import struct
import time
from typing import TYPE_CHECKING, Any

from .values import PLAINLY, VERSION, Refused

if TYPE_CHECKING:
    from collections.abc import Callable

ASKS = frozenset({"names", "call", "next", "await"})
# The kind of a call whose arguments are written plainly.
PLAIN_CALL = "plain call"
KINDS = ASKS | {"answer"}
# Bytes of one message.
LARGEST = 16 << 20
# Seconds after which a wait looks up whether it is over.
AT_MOST = 1.0
_SECONDS = struct.Struct("ll")
_HEAD = struct.Struct("!I")
_DECODE = json.JSONDecoder().decode
_ENCODE = json.JSONEncoder(separators=(",", ":")).encode


class Gone(Exception):  # noqa: N818 - an event
    """The other side has ended."""


class Silent(Exception):  # noqa: N818 - an event
    """The other side did not answer in time."""


class Line:
    """One connection, blocking, used by one side.

    Parameters
    ----------
    connection
        Its end.
    read
        On the answers' side, what reads a call that is written plainly.
    """

    def __init__(
        self, connection: socket.socket, read: Callable[[bytes], list[Any]] | None = None
    ) -> None:
        self._socket = connection
        self._buffer = bytearray()
        self._read = read
        self._waits: float | None = None

    def send(self, kind: str, *body: Any) -> None:
        """Send one message.

        Raises
        ------
        Gone
            If nobody is there.
        Refused
            If it is larger than a message may be.
        """
        self.send_bytes(_ENCODE([VERSION, kind, *body]).encode())

    def send_bytes(self, data: bytes) -> None:
        """Send one message that is written already."""
        if len(data) > LARGEST:
            raise Refused("a message larger than may cross")
        try:
            self._socket.sendall(_HEAD.pack(len(data)) + data)
        except (TimeoutError, BlockingIOError):
            raise Silent from None
        except OSError:
            raise Gone from None

    def send_within(self, seconds: float) -> None:
        """Have whoever sends give up after so many seconds in which nobody took anything."""
        self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_SNDTIMEO, _timeval(seconds))

    def receive(self, until: float | None = None) -> tuple[str, list[Any]]:
        """Wait for one message, until a time of `time.monotonic`.

        Raises
        ------
        Gone, Silent, Refused
            If there is none to come, none in time, or what came is none.
        """
        head = self._take(_HEAD.size, until)
        (length,) = _HEAD.unpack(head)
        if length > LARGEST:
            raise Refused("a message larger than may cross")
        data = self._take(length, until)
        if self._read is not None and data[:1] == PLAINLY:
            return PLAIN_CALL, self._read(data)
        try:
            message = _DECODE(data.decode())
        except (ValueError, RecursionError, MemoryError):
            raise Refused("no message") from None
        if type(message) is not list or len(message) < 2 or message[0] != VERSION:
            raise Refused("no message of this version")
        kind = message[1]
        if type(kind) is not str or kind not in KINDS:
            raise Refused("no kind of message")
        return kind, message[2:]

    def close(self) -> None:
        """End the connection."""
        self._socket.close()

    def _take(self, count: int, until: float | None) -> bytes:
        while len(self._buffer) < count:
            if until is not None:
                self._wait_no_longer(until - time.monotonic())
            try:
                data = self._socket.recv(1 << 18)
            except BlockingIOError:
                continue
            except OSError:
                raise Gone from None
            if not data:
                raise Gone
            self._buffer += data
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken

    def _wait_no_longer(self, left: float) -> None:
        """Have the system end the next wait in time, or before: then it is begun again."""
        if left <= 0:
            raise Silent
        at_most = min(left, AT_MOST)
        # Each setting costs as much as a message, so one serves as long as it is short enough.
        if self._waits is None or self._waits > at_most:
            self._waits = at_most
            self._socket.setsockopt(socket.SOL_SOCKET, socket.SO_RCVTIMEO, _timeval(at_most))


def _timeval(seconds: float) -> bytes:
    # None at all would be for ever.
    return _SECONDS.pack(int(seconds), max(1, int(seconds % 1 * 1_000_000)))
