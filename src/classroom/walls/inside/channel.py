"""The way out of a submission's interpreter: messages as JSON lines, and streams of text."""

from __future__ import annotations

import base64
import io
import json
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import socket
    from collections.abc import Callable

    from .protocol import Message

LARGEST_STREAM_CHUNK = 1 << 16
# What a cell prints beyond this is swallowed here: the desk keeps less of it.
MOST_TEXT = 4 << 20
LARGEST_MESSAGE = 12 << 20


class Channel:
    """Write messages as JSON lines to the descriptor of the current submission."""

    def __init__(self) -> None:
        self.socket: socket.socket | None = None
        self.clean: Callable[[dict[str, Any]], dict[str, Any]] | None = None

    def put(self, kind: str, content: dict[str, Any]) -> None:
        """Send one message; nothing happens before a submission is attached."""
        if self.socket is not None:
            if self.clean is not None:
                content = self.clean(content)
            if _length(content) > LARGEST_MESSAGE:
                content = _shortened(kind, content)
            message: Message = {"t": kind, "c": content}
            line = json.dumps(message, default=_plain, ensure_ascii=True)
            self.socket.sendall(line.encode() + b"\n")


def _length(value: object, depth: int = 3) -> int:
    """Count the characters of a message, a few levels deep."""
    if isinstance(value, str):
        return len(value)
    if depth and isinstance(value, dict):
        return sum(_length(item, depth - 1) for item in value.values())
    if depth and isinstance(value, list):
        return sum(_length(item, depth - 1) for item in value)
    return 8


def _shortened(kind: str, content: dict[str, Any]) -> dict[str, Any]:
    """Give a message that is far too long in a form that can be sent."""
    if kind in ("error", "reply"):
        words = {key: str(content.get(key))[:1000] for key in ("ename", "evalue")}
        return {**content, **words, "traceback": [f"... {words['ename']}: output cut ..."]}
    return {**content, "data": {"text/plain": "... output cut ..."}, "metadata": {}}


def _plain(value: object) -> object:
    if isinstance(value, bytes | memoryview):
        return base64.b64encode(bytes(value)).decode()
    if hasattr(value, "isoformat"):
        return value.isoformat()
    return repr(value)


def crashed(error: BaseException) -> bytes:
    """Write the message with which a submission's interpreter gives up."""
    what = f"{type(error).__name__}: {error}"
    message: Message = {"t": "crash", "c": {"what": what}}
    return json.dumps(message).encode() + b"\n"


class Stream(io.TextIOBase):
    """Standard output or error of a notebook: text goes out as ``stream`` messages."""

    encoding = "utf-8"
    errors = "replace"

    def __init__(self, name: str, channel: Channel) -> None:
        self._stream = name
        self._channel = channel
        self._parts: list[str] = []
        self._size = 0
        self._sent = 0

    def begin(self) -> None:
        """Give a cell its full measure of text."""
        self._sent = 0

    @property
    def name(self) -> str:
        """The name that a file of this kind shows."""
        return f"<{self._stream}>"

    def writable(self) -> bool:
        """Say that text may be written."""
        return True

    def isatty(self) -> bool:
        """Say that nobody sits at a terminal."""
        return False

    def write(self, text: str) -> int:
        """Keep text until there is enough of it to send."""
        if not isinstance(text, str):
            raise TypeError(f"write() argument must be str, not {type(text)}")
        self._parts.append(text)
        self._size += len(text)
        if self._size > LARGEST_STREAM_CHUNK:
            self.flush()
        return len(text)

    def flush(self) -> None:
        """Send what is kept."""
        if self._parts:
            text = "".join(self._parts)
            self._parts = []
            self._size = 0
            text = text[: MOST_TEXT - self._sent]
            self._sent += len(text)
            for start in range(0, len(text), LARGEST_STREAM_CHUNK):
                piece = text[start : start + LARGEST_STREAM_CHUNK]
                self._channel.put("stream", {"name": self._stream, "text": piece})
