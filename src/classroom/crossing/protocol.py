"""What the two interpreters say to each other: short typed messages in frames with a bound.

A frame is its length in four bytes and an array of JSON: version, kind, body.
The tests' side asks (`ASKS`), the answers' side answers; while either waits for
an answer it serves what the other asks back, so calls may nest::

    tests                                      answers (a fork made at the test's place)
    ["names", [name, ...]]                 ->  ["answer", {...}]
    ["call", what, [args, kwargs]]         ->  ["answer", {...}]
    ["next", token], ["await", token]      ->  ["answer", {...}]
    ["answer", {...}]                      <-  ["call", token, [args, kwargs]]

An answer holds ``value`` or ``error``, what was ``printed``, ``objects``: what
the containers of the arguments hold now if that is not what they held before,
and ``borrowed``: the function of a watched package that was called, if one was.
"""

from __future__ import annotations

import json
import select
import struct
import time
from typing import TYPE_CHECKING, Any

from .values import VERSION, Refused

if TYPE_CHECKING:
    import socket

ASKS = frozenset({"names", "call", "next", "await"})
KINDS = ASKS | {"answer"}
# Bytes of one message.
LARGEST = 16 << 20
_HEAD = struct.Struct("!I")


class Gone(Exception):  # noqa: N818 - an event
    """The other side has ended."""


class Silent(Exception):  # noqa: N818 - an event
    """The other side did not answer in time."""


class Line:
    """One connection, blocking, used by one side."""

    def __init__(self, connection: socket.socket) -> None:
        self._socket = connection
        self._buffer = bytearray()

    def send(self, kind: str, *body: Any) -> None:
        """Send one message.

        Raises
        ------
        Gone
            If nobody is there.
        Refused
            If it is larger than a message may be.
        """
        data = json.dumps([VERSION, kind, *body], separators=(",", ":")).encode()
        if len(data) > LARGEST:
            raise Refused("a message larger than may cross")
        try:
            self._socket.sendall(_HEAD.pack(len(data)) + data)
        except TimeoutError:
            raise Silent from None
        except OSError:
            raise Gone from None

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
        try:
            message = json.loads(data)
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
                left = until - time.monotonic()
                if left <= 0 or not select.select([self._socket], [], [], left)[0]:
                    raise Silent
            try:
                data = self._socket.recv(1 << 18)
            except OSError:
                raise Gone from None
            if not data:
                raise Gone
            self._buffer += data
        taken = bytes(self._buffer[:count])
        del self._buffer[:count]
        return taken
