"""Why something is told, as a code with facts.

Whoever finds something says which of these codes it is and gives the facts.  The
journal keeps both, the desk decides by them, and ``sentences`` puts them into
words where a person reads them: a sentence can be reworded or translated, and no
mark, look or order changes.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any, Self, TypeAlias

Fact: TypeAlias = "str | int | Reason"


@dataclass(frozen=True, slots=True)
class Reason:
    """One thing to tell, without its words.

    Attributes
    ----------
    code
        What it is.
    facts
        What belongs to it, by name, in the order of the names.
    """

    code: Code
    facts: tuple[tuple[str, Fact], ...] = ()

    def as_json(self) -> dict[str, Any]:
        """Give it as the journal keeps it."""
        facts = {n: f.as_json() if isinstance(f, Reason) else f for n, f in self.facts}
        return {"code": self.code.value, "facts": facts}

    @classmethod
    def from_json(cls, said: object) -> Reason:
        """Read one from a journal; what another version of the desk wrote is kept as it is.

        Early versions wrote the sentence itself.
        """
        if isinstance(said, str):
            return because(Code.WORDS, words=said)
        try:
            return _read(said)
        except (KeyError, TypeError, ValueError, AttributeError):
            told = said.get("code") if isinstance(said, dict) else said
            return because(Code.UNKNOWN, told=str(told))


class Code(StrEnum):
    """What can be told; beside each code the facts that it takes, and of what type.

    A fact called ``why`` is a reason again.  One called ``cell`` or ``names`` may be
    empty: a cell that the student added, or parts whose names are not known.
    Once released, a code keeps its meaning: journals hold it.
    """

    facts: Mapping[str, type]

    def __new__(cls, code: str, facts: Mapping[str, type] | None = None) -> Self:
        """Make a member of its code and the types of its facts."""
        member = str.__new__(cls, code)
        member._value_ = code
        member.facts = facts or {}
        return member

    # In somebody else's words: of the system, of a library, of an earlier version of the desk.
    WORDS = "words", {"words": str}
    UNKNOWN = "unknown", {"told": str}

    # Reading a submission.
    NOT_READ = "not-read", {"error": str}
    SUBMISSION_IS_LINK = "submission-is-link"
    SUBMISSION_IS_FILE = "submission-is-file"
    FOLDER_CLOSED = "folder-closed", {"folder": str, "error": str}
    MANY_FILES = "many-files", {"most": int}
    IS_LINK = "is-link", {"path": str}
    IS_FOLDER = "is-folder", {"path": str}
    TOO_DEEP = "too-deep", {"path": str}
    NOT_ORDINARY = "not-ordinary", {"path": str}
    FILE_CLOSED = "file-closed", {"path": str, "error": str}
    FILE_OF_TEACHER = "file-of-teacher", {"path": str}
    TOO_LARGE = "too-large", {"path": str, "megabytes": int}
    TOO_LARGE_TOGETHER = "too-large-together", {"path": str, "megabytes": int}
    NAME_IS_NO_TEXT = "name-is-no-text", {"name": str}
    NO_TIME = "no-time"

    # Why a file is no notebook.
    NESTED = "nested"
    OTHER_JSON = "other-json"
    NO_CELLS = "no-cells"
    MANY_CELLS = "many-cells", {"most": int}
    EMPTY = "empty"
    NOT_SO_ENCODED = "not-so-encoded", {"encoding": str}
    NO_TEXT = "no-text"
    WEB_PAGE = "web-page"
    UNFINISHED_MERGE = "unfinished-merge"
    BREAKS_OFF = "breaks-off"
    NO_JSON = "no-json", {"error": str}

    # What was odd about a notebook's file.
    OLD_FORMAT = "old-format"
    NEWER_FORMAT = "newer-format", {"version": int}
    READ_AS_UTF_16 = "read-as-utf-16"
    READ_AS_WINDOWS = "read-as-windows"
    LINES_WITHOUT_ENDS = "lines-without-ends"
    NULL_CHARACTERS = "null-characters"
    PICTURES_LEFT_OUT = "pictures-left-out"
    SAID_TWICE = "said-twice"
    CELL_CUT = "cell-cut", {"characters": int}
    CELLS_LOST = "cells-lost", {"cells": int, "notebook": str}

    # Which file is which notebook.
    UNREADABLE = "unreadable", {"notebook": str, "why": Reason}
    NO_NOTEBOOK = "no-notebook", {"notebook": str}
    NOT_HANDED_IN = "not-handed-in", {"notebook": str}
    NOT_OF_ASSIGNMENT = "not-of-assignment", {"path": str}
    NAMED_AS_MODULE = "named-as-module", {"path": str}
    OTHER_COPIES = "other-copies", {"notebook": str, "path": str, "begun": int, "others": str}
    TAKEN_FOR = "taken-for", {"path": str, "notebook": str}
    COPIES_UNREAD = "copies-unread", {"others": str, "path": str}
    ZIP_NOT_OPENED = "zip-not-opened", {"path": str, "why": Reason}
    NOT_OUT_OF_ZIP = "not-out-of-zip", {"inside": str, "path": str, "why": Reason}
    ZIP_OPENED = "zip-opened", {"path": str, "files": int}

    # Laying the answers into the teacher's notebook.
    CELL_REPEATED = "cell-repeated", {"cell": str, "times": int}
    ANSWERS_CROSSED = "answers-crossed", {"first": str, "second": str}
    LABEL_LOST = "label-lost", {"cell": str}
    LABEL_LOST_AMONG_TEXTS = "label-lost-among-texts", {"cell": str, "texts": int}
    NONE_OF_THE_CELLS = "none-of-the-cells"
    CELL_PUT_BACK = "cell-put-back", {"cell": str}
    CELL_PUT_BACK_UNLABELLED = "cell-put-back-unlabelled", {"cell": str}
    CELL_CHANGED = "cell-changed", {"cell": str}
    CELL_TAGGED = "cell-tagged", {"cell": str}

    # Running it.
    NOT_GRADED = "not-graded", {"cause": str}
    GRADER_ENDED_TWICE = "grader-ended-twice"
    CLUSTER_FAILED = "cluster-failed", {"error": str}
    NOT_STARTED = "not-started", {"why": Reason}
    MACHINE_BUSY = "machine-busy", {"cell": str}
    NO_NETWORK = "no-network"
    PROCESSES_ENDED = "processes-ended"
    NOTEBOOK_TOO_LONG = "notebook-too-long"
    ENDED_TOO_OFTEN = "ended-too-often"
    INTERRUPTED = "interrupted", {"cell": str}
    ENDED_AT_LIMIT = "ended-at-limit", {"cell": str}
    STOPPED = "stopped", {"cell": str, "why": Reason}
    RAN_INTO_LIMIT = "ran-into-limit", {"error": str, "words": str}
    NEWER_SYNTAX = "newer-syntax", {"cell": str, "lab": str, "desk": str}
    AUDIT_CUT_SHORT = "audit-cut-short"
    NOT_ASKED = "not-asked"
    TESTS_STOPPED = "tests-stopped"
    CALL_TOO_LONG = "call-too-long", {"cell": str}
    ENDED_IN_CALL = "ended-in-call", {"cell": str}
    TESTS_ALONE = "tests-alone", {"cells": str}

    # Why an interpreter stopped.
    ENDED = "ended"
    NO_ANSWER = "no-answer"
    OUT_OF_MEMORY = "out-of-memory"
    NOT_INTERRUPTED = "not-interrupted"
    ENDLESS_OUTPUT = "endless-output"
    ANSWERED_FOR_IT = "answered-for-it"
    DID_NOT_START = "did-not-start"
    DID_NOT_WAIT = "did-not-wait"
    SANDBOX_CLOSED = "sandbox-closed"
    FILES_NOT_GIVEN = "files-not-given", {"error": str}
    LARGE_MESSAGE = "large-message"
    MESSAGE_OF_MANY_PARTS = "message-of-many-parts"
    NO_MESSAGE = "no-message"

    # The errors that stand in the notebook in place of a cell's own.
    TIME_WAS_OVER = "time-was-over"
    HAD_ENDED = "had-ended"
    NO_REPLY_IN_TIME = "no-reply-in-time"
    STOPPED_HERE = "stopped-here", {"why": Reason}
    TESTS_STOPPED_HERE = "tests-stopped-here", {"why": Reason}

    # A notebook or a mark that nobody could give.
    NOTE_UNGRADED = "note-ungraded", {"why": Reason}
    NOTEBOOK_UNCHECKED = "notebook-unchecked", {"why": Reason}
    CELL_UNCHECKED = "cell-unchecked", {"cell": str, "why": Reason}
    MARKS_WITHHELD = "marks-withheld", {"why": Reason}
    MARK_WITHHELD = "mark-withheld", {"cell": str, "why": Reason}

    # What an audit finds of a test.
    TWO_THINGS = "two-things"
    NO_ANSWER_NEEDED = "no-answer-needed"
    OWN_BUILTINS = "own-builtins", {"names": str}
    ANY_CONSTANT = "any-constant"

    # What it finds of the interpreter.
    BUILTINS_REPLACED = "builtins-replaced", {"names": str}
    SHELL_REPLACED = "shell-replaced", {"names": str}
    HOOK_REPLACED = "hook-replaced", {"names": str}
    INNER_REPLACED = "inner-replaced"
    TAUGHT_REPLACED = "taught-replaced", {"names": str}
    MODULES_GONE = "modules-gone", {"names": str}
    TREE_REWRITTEN = "tree-rewritten"
    TEXT_REWRITTEN = "text-rewritten"
    ERRORS_CAUGHT = "errors-caught"
    LINES_TRACED = "lines-traced"
    ENDED_WHILE_CHECKED = "ended-while-checked"
    ECHO_DIFFERS = "echo-differs"
    NO_FAILURE_THROUGH = "no-failure-through"


def because(code: Code, /, **facts: Fact) -> Reason:
    """Give the reason of a code and its facts.

    Raises
    ------
    TypeError
        If these are not the facts of the code.
    """
    wanted = code.facts
    if facts.keys() != wanted.keys():
        raise TypeError(f"{code.name} takes the facts {sorted(wanted)}, got {sorted(facts)}")
    for name, fact in facts.items():
        if not isinstance(fact, wanted[name]):
            kind = wanted[name].__name__
            raise TypeError(f"{code.name} takes {kind} for {name}, got {fact!r}")
    return Reason(code, tuple(sorted(facts.items())))


def in_words(words: object) -> Reason:
    """Give the reason that is known only in the words of somebody else, such as the system's."""
    return because(Code.WORDS, words=str(words))


def _read(said: Any) -> Reason:
    facts = {n: _read(f) if isinstance(f, dict) else f for n, f in said["facts"].items()}
    return because(Code(said["code"]), **facts)
