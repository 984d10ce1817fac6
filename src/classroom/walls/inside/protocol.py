"""What the desk and a sandbox say to each other: one table, which both sides import.

On the control channel, one JSON object a message, the desk speaks to the process
that outlives submissions (``manager``)::

    Fork with two descriptors     ->   something serves the submission on the first; what
                                       the desk hands in later comes by the second
    Interrupt                     ->   it gets SIGINT
    Parked                        ->   that process is spared by the next
    Spare                         ->   which kills all that are not parked; Spared goes back
    Waited                        ->   Waits goes back: how long each waited for a processor
    End                           ->   all of it is killed and swept; Ended goes back

A submission's own channel carries lines: an ``Order``, after a ``File`` its bytes,
and back ``{"t": kind, "c": content}``. Whoever listens treats what comes out there
as written by the student, so nothing is believed of its shape.
"""

from __future__ import annotations

from typing import Any, Literal, NotRequired, TypedDict

# Raise when one side would not understand the other any more.
VERSION = 1


class Plan(TypedDict):
    """How a jail's process is to be: given at its start, as JSON.

    Attributes
    ----------
    protocol
        The desk's ``VERSION``.
    imports
        Modules to import before the first fork.
    user
        Whom to be; ``None`` to stay who it is.
    first
        Whether it is process 1 of a namespace.
    memory
        Bytes for all processes of a submission together.
    writable
        Folders to be swept after each submission.
    joints
        Parts of other packages, ``module:path.to.part``, that forking leans on.
    """

    protocol: int
    imports: list[str]
    user: int | None
    first: bool
    memory: int
    writable: list[str]
    joints: list[str]


class Limits(TypedDict):
    """What one submission may take: bytes, processor seconds, processes, open files."""

    memory: int
    seconds: int
    processes: int
    file_size: int
    files: int


class Fork(TypedDict):
    """Serve a submission.

    Attributes
    ----------
    folder, temporary
        Where it works, and where it may leave what it wants.
    environment
        Variables to add.
    walls, landlock, sockets
        Whether walls are built, Landlock is one of them, and sockets of the
        sandbox's own network may be opened.
    readable, writable
        Paths that Landlock leaves open.
    limits
        What it may take.
    """

    op: Literal["fork"]
    folder: str
    temporary: str
    environment: dict[str, str]
    walls: bool
    landlock: bool
    sockets: bool
    readable: list[str]
    writable: list[str]
    limits: Limits


class Interrupt(TypedDict):
    """Send what Ctrl-C sends."""

    op: Literal["interrupt"]


class Parked(TypedDict):
    """A process of the submission's waits for a test."""

    op: Literal["parked"]
    pid: int


class Spare(TypedDict):
    """Kill what is not parked."""

    op: Literal["spare"]


class Waited(TypedDict):
    """Say how long each process waited for a processor."""

    op: Literal["waited"]


class End(TypedDict):
    """Kill all of the submission and sweep."""

    op: Literal["end"]


Control = Fork | Interrupt | Parked | Spare | Waited | End


class Unfitness(TypedDict):
    """Nothing can be served here, and why."""

    op: Literal["unfit"]
    why: str


class Ready(TypedDict):
    """Submissions may come; which version of this table, and of Landlock, there is."""

    op: Literal["ready"]
    protocol: int
    landlock: int


class Spared(TypedDict):
    """What was not parked is dead."""

    op: Literal["spared"]


class Waits(TypedDict):
    """Seconds in which a process was ready and had no processor, by its number as text."""

    op: Literal["waited"]
    seconds: dict[str, float]


class Ended(TypedDict):
    """The account of a submission.

    Attributes
    ----------
    status
        The exit code of what served it; ``None`` if unknown.
    cpu
        Processor seconds of all its processes.
    left
        How many it had left running.
    why
        ``memory`` if it was killed for taking too much.
    clean
        Whether its folders are empty.
    """

    op: Literal["ended"]
    status: int | None
    cpu: float
    left: int
    why: str | None
    clean: bool


Answer = Unfitness | Ready | Spared | Waits | Ended


class File(TypedDict):
    """Lay a file into the working folder; so many bytes follow the line."""

    op: Literal["file"]
    path: str
    size: int


class Run(TypedDict):
    """Run a cell.

    Attributes
    ----------
    number
        What the reply must repeat, unforeseeable.
    id
        The cell's own.
    test
        Whether it is a test, to be run undisturbed.
    count
        The execution count that it is to have.
    as_of
        The test at whose time names are to stand for what they stood for then.
    visible, seconds, usual
        On the tests' side: lines of the cell that may be shown, and seconds that a
        call over the crossing may take at most, and takes as a rule.
    """

    op: Literal["run"]
    code: str
    number: NotRequired[str]
    id: NotRequired[str | None]
    test: NotRequired[bool]
    count: NotRequired[int]
    as_of: NotRequired[str | None]
    visible: NotRequired[int | None]
    seconds: NotRequired[float]
    usual: NotRequired[float]


class Probe(TypedDict):
    """Say what was replaced; keep what these names stand for under a test's ``grade_id``."""

    op: Literal["probe"]
    number: NotRequired[str]
    names: NotRequired[list[str]]
    key: NotRequired[str]


class Audit(TypedDict):
    """Run a rewritten test, with its questions under a name, as of the time of a test."""

    op: Literal["audit"]
    code: str
    name: str
    as_of: str | None
    number: NotRequired[str]


class Park(TypedDict):
    """Fork at this place, for tests that watch these modules; the way to them is handed in."""

    op: Literal["park"]
    watched: list[str]
    number: NotRequired[str]


class Cells(TypedDict):
    """Be the tests' side, of a notebook with these cells, by the number under which each runs."""

    op: Literal["cells"]
    cells: dict[str, str]
    number: NotRequired[str]


class Begin(TypedDict):
    """Begin a test, over the line that is handed in; its first answer may take so long."""

    op: Literal["begin"]
    seconds: float
    watched: list[str]
    number: NotRequired[str]


class Bind(TypedDict):
    """Let these names be the learner's."""

    op: Literal["bind"]
    names: list[str]
    number: NotRequired[str]


class Over(TypedDict):
    """End the test; say what failed of the crossing."""

    op: Literal["over"]
    number: NotRequired[str]


Crossing = Park | Cells | Begin | Bind | Over
Numbered = Run | Probe | Audit | Crossing
Order = File | Numbered


class Reply(TypedDict):
    """What follows on an order that has a number, beside what the order asked for."""

    number: str
    status: str
    ename: NotRequired[str]
    evalue: NotRequired[str]
    traceback: NotRequired[list[str]]
    execution_count: NotRequired[int | None]
    pid: NotRequired[int]
    answers: NotRequired[bool]
    failed: NotRequired[str]


class Message(TypedDict):
    """What comes out: ``ready``, ``crash``, ``reply``, ``probe``, or what a cell shows."""

    t: str
    c: dict[str, Any]
