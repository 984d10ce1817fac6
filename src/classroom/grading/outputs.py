"""What an interpreter says of a cell, as the outputs of a notebook."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from nbformat import NotebookNode

from classroom.walls.jail import Stopped
from classroom.words.reasons import Code, because

if TYPE_CHECKING:
    from classroom.grading.execute import Execute


FLOOD_BYTES = 256 << 20
# What a message counts for besides its text: taking in ever more of them takes ever longer.
MESSAGE_BYTES = 1 << 10


class Outputs:
    """Takes what an interpreter says into the outputs of cells, up to a bound.

    Parameters
    ----------
    client
        Which keeps a notebook's outputs as nbclient does.
    bound
        Bytes that a cell may show.
    """

    def __init__(self, client: Execute, bound: int) -> None:
        self.client = client
        self.bound = bound
        # Bytes that the interpreter at hand has sent.
        self.received = 0

    def take(
        self, cell: NotebookNode, index: int, kind: str, content: dict[str, Any], kept: int
    ) -> int:
        """Take a message in, up to the bound on a cell's output; return what there is now."""
        size = _size(content) + (0 if kind == "stream" else MESSAGE_BYTES)
        bound = self.bound
        self.received += size
        if self.received > FLOOD_BYTES:
            raise Stopped(because(Code.ENDLESS_OUTPUT))
        if kept + size <= bound:
            self._put(cell, index, kind, content)
        elif kept <= bound:
            cut = {"name": "stdout", "text": "\n... output cut ...\n"}
            self._put(cell, index, "stream", cut)
            if kind == "error":
                self._put(cell, index, kind, _short(content))
        return kept + size

    def _put(self, cell: NotebookNode, index: int, kind: str, content: dict[str, Any]) -> None:
        """Take one message into the cell's outputs, as nbclient does."""
        outputs = cell.outputs
        if kind == "stream":
            name, text = content.get("name"), content.get("text")
            if name not in ("stdout", "stderr") or not isinstance(text, str):
                return
            last = outputs[-1] if outputs else None
            together = (
                last is not None and last.output_type == "stream" and last["name"] == name
            ) and not self.client.clear_before_next_output
            if together and last is not None:
                last.text += text
                return
        elif not _well_formed(kind, content):
            return
        message = {
            "msg_type": kind,
            "header": {"msg_type": kind},
            "content": content,
            "parent_header": {"msg_id": f"cell-{index}"},
            "metadata": {},
            "buffers": [],
        }
        try:
            self.client.process_message(message, cell, index)
        except Exception as error:  # noqa: BLE001 - a student's message may be any shape
            self.client.log.debug("a message of kind %s was dropped: %s", kind, error)


def _size(content: dict[str, Any]) -> int:
    """Estimate the size of a message by its texts, two levels deep."""
    total = 0
    for value in content.values():
        if isinstance(value, str):
            total += len(value)
        elif isinstance(value, dict):
            total += sum(len(item) for item in value.values() if isinstance(item, str))
        elif isinstance(value, list):
            total += sum(len(item) for item in value if isinstance(item, str))
    return total


def _short(content: dict[str, Any]) -> dict[str, Any]:
    return {
        "ename": str(content.get("ename"))[:200],
        "evalue": str(content.get("evalue"))[:2000],
        "traceback": [],
    }


def _well_formed(kind: str, content: dict[str, Any]) -> bool:
    """Whether a message has the shape that the notebook format asks for."""
    if kind in ("display_data", "execute_result", "update_display_data"):
        data, metadata = content.get("data"), content.get("metadata", {})
        return isinstance(data, dict) and isinstance(metadata, dict)
    if kind == "error":
        trace = content.get("traceback")
        return isinstance(trace, list) and all(isinstance(line, str) for line in trace)
    return kind == "clear_output" or kind.startswith("comm")
