"""The course as the desk sees it: its folders, and the records that pass between modules.

Everything here is plain data or a thin reading of nbgrader's own
``CourseDirectory``, so that ``collect``, ``grade``, ``feedback`` and ``export``
agree on where things are and on what a submission is.
"""

from __future__ import annotations

import os
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from classroom.nbgrader_internals import Gradebook, load_configuration
from classroom.words.reasons import Code, Reason

if TYPE_CHECKING:
    from collections.abc import Iterator

    from nbgrader.coursedir import CourseDirectory

DESK_FOLDER = ".classroom"
# The id of the first cell where a notebook stands for one that could not be graded.
UNGRADED = "classroom-note"


class ClassroomError(Exception):
    """Something the teacher can put right; the message says what and how."""


@dataclass(frozen=True, slots=True)
class Flag:
    """One thing about a submission that the teacher is told.

    Attributes
    ----------
    reason
        What it is, as a code with facts.
    notebook, cell
        Where: the notebook's name without suffix and the ``grade_id``; ``None`` for the whole.
    look
        Whether a person must look (``needs_manual_grade``). ``False`` marks a
        repair that was certain, told for information only.
    distrust
        Whether the automatic score of ``cell`` (or of every test of ``notebook``)
        cannot be believed; it is then left empty for the teacher to fill.
    """

    reason: Reason
    notebook: str | None = None
    cell: str | None = None
    look: bool = True
    distrust: bool = False


@dataclass(slots=True)
class Submission:
    """What one student handed in, read once and safely (see ``preflight``).

    Attributes
    ----------
    student
        nbgrader's student id: the name of the folder.
    assignment
        nbgrader's assignment id.
    files
        Path relative to the submission folder, with forward slashes, to content.
    timestamp
        Text of ``timestamp.txt`` if there is a usable one.
    digest
        SHA-256 of the files.
    flags
        What the reading already found.
    barred
        Path of what lies in the folder and could not be taken, and why.
    """

    student: str
    assignment: str
    files: dict[str, bytes] = field(default_factory=dict)
    timestamp: str | None = None
    digest: str = ""
    flags: list[Flag] = field(default_factory=list)
    barred: list[tuple[str, Code]] = field(default_factory=list)

    def bar(self, path: str, reason: Reason) -> None:
        """Note that something could not be taken, and why."""
        self.barred.append((path, reason.code))
        self.flags.append(Flag(reason))


@dataclass(slots=True)
class NotebookOutcome:
    """The marks of one notebook.

    Attributes
    ----------
    grades
        ``grade_id`` to automatic score; ``None`` where a person must decide.
    comments
        ``grade_id`` of answer cells to automatic comment, or ``None``.
    document
        The autograded notebook as JSON text; ``None`` if there was none to grade.
    missing
        The student did not hand it in: nbgrader scores it zero.
    ungraded
        Nothing that was handed in could be graded as this notebook: all of it waits.
    """

    grades: dict[str, float | None] = field(default_factory=dict)
    comments: dict[str, str | None] = field(default_factory=dict)
    document: str | None = None
    missing: bool = False
    ungraded: bool = False


@dataclass(slots=True)
class Outcome:
    """What a worker makes of one submission; all that the writer needs.

    Attributes
    ----------
    notebooks
        Notebook name to its marks.
    files
        Other files for the autograded folder: the student's data, the teacher's support files.
    flags
        Everything found, from reading to audit.
    wall, cpu
        Seconds on the clock, and processor seconds of the student's interpreter.
    slow
        Why a plain kernel served, if one did.
    given_up
        It could not be graded at all: marks and files of an earlier run stay, and the
        next run tries again.
    """

    student: str
    assignment: str
    digest: str
    timestamp: str | None = None
    notebooks: dict[str, NotebookOutcome] = field(default_factory=dict)
    files: dict[str, bytes] = field(default_factory=dict)
    flags: list[Flag] = field(default_factory=list)
    wall: float = 0.0
    cpu: float = 0.0
    slow: str | None = None
    given_up: bool = False

    @property
    def needs_look(self) -> bool:
        """Whether the teacher has to look at this submission."""
        return any(flag.look for flag in self.flags)


@dataclass(slots=True)
class Course:
    """An nbgrader course: its root, its configuration and its folders.

    Attributes
    ----------
    directory
        nbgrader's ``CourseDirectory`` with the traits of ``nbgrader_config.py`` applied.
    config
        The whole traitlets configuration, for classes made later.
    """

    directory: CourseDirectory
    config: Any

    @classmethod
    def open(cls, root: Path | str | None = None) -> Course:
        """Read ``nbgrader_config.py`` as nbgrader does.

        Parameters
        ----------
        root
            The course folder; the current folder if not given.

        Raises
        ------
        ClassroomError
            If the folder does not exist.
        """
        folder = Path(root or Path.cwd()).resolve()
        if not folder.is_dir():
            raise ClassroomError(f"there is no course folder {folder}; give it with --course-dir")
        directory, config = load_configuration(folder)
        return cls(directory=directory, config=config)

    @property
    def root(self) -> Path:
        """The course folder."""
        return Path(self.directory.root)

    @property
    def desk(self) -> Path:
        """The desk's own folder in the course: lock, journal, staging."""
        return self.root / DESK_FOLDER

    def path(self, step: str, student: str, assignment: str) -> Path:
        """Give a folder of the course by nbgrader's ``directory_structure``."""
        return Path(os.path.normpath(self.directory.format_path(step, student, assignment)))

    def source(self, assignment: str) -> Path:
        """Give the folder of the teacher's own version."""
        return self.path(self.directory.source_directory, ".", assignment)

    def release(self, assignment: str) -> Path:
        """Give the folder of the version handed out."""
        return self.path(self.directory.release_directory, ".", assignment)

    def submitted(self, student: str, assignment: str) -> Path:
        """Give the folder of what a student handed in."""
        return self.path(self.directory.submitted_directory, student, assignment)

    def autograded(self, student: str, assignment: str) -> Path:
        """Give the folder of a graded submission."""
        return self.path(self.directory.autograded_directory, student, assignment)

    def feedback(self, student: str, assignment: str) -> Path:
        """Give the folder of a student's feedback."""
        return self.path(self.directory.feedback_directory, student, assignment)

    def students(self, step: str, assignment: str) -> list[str]:
        """List the student ids that have a folder for an assignment in a step.

        Parameters
        ----------
        step
            A directory trait's value, such as ``course.directory.submitted_directory``.
        """
        marker = "\0student\0"
        pattern = self.path(step, marker, assignment)
        position = next(i for i, part in enumerate(pattern.parts) if marker in part)
        base = Path(*pattern.parts[:position])
        before, after = pattern.parts[position].split(marker)
        tail = pattern.parts[position + 1 :]
        if not base.is_dir():
            return []
        found = []
        for entry in base.iterdir():
            name = entry.name
            if not (name.startswith(before) and name.endswith(after)) or name.startswith("."):
                continue
            if os.path.lexists(entry.joinpath(*tail)):
                found.append(name[len(before) : len(name) - len(after)])
        return sorted(found)

    @contextmanager
    def gradebook(self) -> Iterator[Gradebook]:
        """Open nbgrader's gradebook wherever ``db_url`` says, and close it after."""
        with Gradebook(self.directory.db_url, self.directory.course_id) as book:
            yield book
