"""Feedback pages: made in parallel by nbgrader's own converter, safe to open, ready to hand back.

Pages land in ``feedback/<student>/<assignment>/``, where ``nbgrader
release_feedback`` looks for them.  Moodle takes the same pages as one archive
("Upload multiple feedback files in a zip").
"""

from __future__ import annotations

import base64
import hashlib
import multiprocessing
import re
import shutil
import zipfile
from concurrent.futures import ProcessPoolExecutor, as_completed
from concurrent.futures.process import BrokenProcessPool
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from nbconvert.preprocessors import CSSHTMLHeaderPreprocessor
from nbgrader.apps import NbGraderAPI
from nbgrader.converters import GenerateFeedback
from nbgrader.preprocessors import ClearHiddenTests, ClearMarkScheme, GetGrades
from nbgrader.utils import is_locked
from traitlets import Bool, List

from classroom.course import ClassroomError, Course
from classroom.handback.marks import marks
from classroom.intake.attempts import remember_sent, remembered_folders, remembered_names
from classroom.intake.matching import known_notebooks
from classroom.participants import Participants, Uncertain
from classroom.roster import Roster
from classroom.sanitise import SafeDisplay

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Iterator
    from pathlib import Path

    from classroom.moodle import Worksheet

MATHJAX = "https://cdnjs.cloudflare.com"
FORMULA = re.compile(r"\$|\\\(|\\\[|\\begin\{")
SCRIPT = re.compile(r"<script\b.*?</script>", re.DOTALL | re.IGNORECASE)


ENDED = (
    "no page could be made: the process that made it was ended, perhaps for want of memory; "
    "try again with --workers 1"
)


class HideTests(ClearHiddenTests):
    """Take hidden tests, and what a traceback tells of them, out of a feedback page.

    The region marks are those of ``ClearHiddenTests`` in ``nbgrader_config.py``.
    """

    def preprocess(self, nb: Any, resources: Any) -> tuple[Any, Any]:
        """Hide them in the teacher's cells; a student's own text is left as it is."""
        scheme: Any = ClearMarkScheme(parent=self.parent)
        for cell in nb.cells:
            if not is_locked(cell):
                continue
            scheme._remove_mark_scheme_region(cell)
            if self._remove_hidden_test_region(cell):
                for output in cell.get("outputs", []):
                    if output.output_type == "error":
                        # The lines around the failing one are the hidden test.
                        output.traceback = [f"{output.ename}: {output.evalue}"]
        return nb, resources


def with_policy(page: str) -> str:
    """Forbid a page to run or fetch anything but MathJax, and that only for formulas.

    Parameters
    ----------
    page
        A whole HTML page whose head is ours and whose body is a student's.

    Returns
    -------
    str
        The page with a content security policy.
    """
    head, body_tag, body = page.partition("<body")
    if FORMULA.search(body):
        # The same page is the same bytes; and no text can hold the digest of the page it is in.
        digest = hashlib.sha256(page.encode(errors="replace")).digest()
        nonce = base64.urlsafe_b64encode(digest[:18]).decode("ascii")
        head = head.replace("<script", f'<script nonce="{nonce}"')
        scripts = f"script-src 'nonce-{nonce}' {MATHJAX}; font-src data: {MATHJAX}"
    else:
        head = SCRIPT.sub("", head)
        scripts = "script-src 'none'; font-src data:"
    policy = f"default-src 'none'; img-src data:; style-src 'unsafe-inline'; {scripts}"
    meta = f'<meta http-equiv="Content-Security-Policy" content="{policy}">'
    return head.replace("<head>", f"<head>\n{meta}", 1) + body_tag + body


class SafeFeedback(GenerateFeedback):
    """nbgrader's feedback converter, with its pages made safe and hidden tests kept."""

    preprocessors = List([SafeDisplay, HideTests, GetGrades, CSSHTMLHeaderPreprocessor]).tag(
        config=True
    )
    show_hidden_tests = Bool(False, help="Show hidden tests in the feedback").tag(config=True)

    def start(self) -> None:
        """Make the pages."""
        if self.show_hidden_tests:
            self.preprocessors = [each for each in self.preprocessors if each is not HideTests]
        super().start()

    def write_single_notebook(self, output: str, resources: Any) -> None:
        """Write a page with its policy."""
        super().write_single_notebook(with_policy(output), resources)


@dataclass(frozen=True, slots=True)
class Page:
    """What was made for one student.

    Attributes
    ----------
    student
        nbgrader's student id.
    files
        The pages.
    problem
        Why there is none, in words; empty if there is.
    """

    student: str
    files: tuple[Path, ...]
    problem: str = ""


def _make(root: Path, student: str, assignment: str, hidden_tests: bool) -> Page:
    course = Course.open(root)
    course.directory.assignment_id = assignment
    course.directory.student_id = student
    converter: Any = SafeFeedback(
        coursedir=course.directory,
        config=course.config,
        show_hidden_tests=hidden_tests,
        force=True,
    )
    converter.log.setLevel("CRITICAL")
    try:
        converter.start()
    # One student's page that cannot be made must not cost the others theirs.
    except (Exception, SystemExit) as error:  # noqa: BLE001
        reason = str(error) or type(error).__name__
        return Page(student, (), f"no page could be made ({reason})")
    folder = course.feedback(student, assignment)
    return Page(student, tuple(sorted(folder.glob("*.html"))))


def make_feedback(
    course: Course,
    assignment: str,
    students: list[str] | None = None,
    *,
    workers: int = 2,
    hidden_tests: bool = False,
    told: Callable[[Page], object] | None = None,
) -> list[Page]:
    """Make the feedback pages of an assignment.

    Parameters
    ----------
    course
        The course.
    assignment
        nbgrader's assignment id.
    students
        Student ids; everybody who was graded if not given.
    workers
        Number of processes, 1 or more.
    hidden_tests
        Whether to show the hidden tests.
    told
        Called with each page when it is there.

    Returns
    -------
    list of Page
        By student id.

    Raises
    ------
    ClassroomError
        If nothing of the assignment has been graded, or a student named has not.
    """
    graded = course.students(course.directory.autograded_directory, assignment)
    if not graded:
        raise ClassroomError(
            f"nothing of {assignment!r} is graded yet; run: classroom grade {assignment}"
        )
    unknown = sorted(set(students or []) - set(graded))
    if unknown:
        raise ClassroomError(f"not graded for {assignment!r}: {', '.join(unknown)}")
    pages: list[Page] = []

    def heard(page: Page) -> None:
        pages.append(page)
        if told is not None:
            told(page)

    waiting = list(students or graded)
    for done in _made(course, assignment, waiting, hidden_tests, max(1, workers)):
        waiting.remove(done.student)
        heard(done)
    # A process that is killed takes its pool along: each of the others gets one of its own.
    for student in waiting:
        alone = list(_made(course, assignment, [student], hidden_tests, 1))
        heard(alone[0] if alone else Page(student, (), ENDED))
    return sorted(pages, key=lambda page: page.student)


def _made(
    course: Course, assignment: str, students: list[str], hidden_tests: bool, workers: int
) -> Iterator[Page]:
    """Make pages in processes; those whose process was ended are not among them."""
    method = "fork" if "fork" in multiprocessing.get_all_start_methods() else "spawn"
    context = multiprocessing.get_context(method)
    with ProcessPoolExecutor(max_workers=workers, mp_context=context) as pool:
        try:
            jobs = [
                pool.submit(_make, course.root, student, assignment, hidden_tests)
                for student in students
            ]
        except BrokenProcessPool:
            return
        for job in as_completed(jobs):
            try:
                page = job.result()
            except BrokenProcessPool:
                continue
            yield page


def moodle_archive(
    course: Course,
    assignment: str,
    target: Path,
    worksheet: Worksheet | None = None,
    roster: Roster | None = None,
    students: Collection[str] = (),
) -> dict[str, str]:
    """Pack feedback pages under the folder names by which Moodle knows the students.

    Parameters
    ----------
    course
        The course.
    assignment
        nbgrader's assignment id.
    target
        The archive to write.
    worksheet
        Moodle's grading worksheet, needed if the work was not collected from
        Moodle's download.
    roster
        The class list.
    students
        Whose pages to pack; everybody's if empty.

    Returns
    -------
    dict
        Students whose page is not in the archive, since Moodle's name for them is not
        certain, and why.

    Raises
    ------
    ClassroomError
        If no name is known for anybody.
    """
    noted = remembered_folders(course, assignment)
    if not noted and worksheet is None:
        raise ClassroomError(
            "Moodle's names for the students are not known: collect from Moodle's download, "
            "or give its grading worksheet with --worksheet"
        )
    joined = Participants(worksheet, roster, noted)
    left_out: dict[str, str] = {}
    ungraded = _ungraded(course, assignment)
    with zipfile.ZipFile(target, "w", zipfile.ZIP_DEFLATED) as archive:
        for student, page in _pages(course, assignment):
            if students and student not in students:
                continue
            if student in ungraded:
                left_out[student] = "nobody could grade it yet, so its page would say 0 points"
                continue
            try:
                folder = joined.folder_of(student)
            except Uncertain as reason:
                left_out[student] = str(reason)
            else:
                archive.write(page, f"{folder}/{page.name}")
    remember_sent(course, assignment, "feedback")
    return left_out


def _ungraded(course: Course, assignment: str) -> set[str]:
    """Return the students whose work neither a test nor a person gave points."""
    with course.gradebook() as book:
        return {
            mark.student for mark in marks(book, [assignment]) if mark.submitted and not mark.graded
        }


def _pages(course: Course, assignment: str) -> Iterator[tuple[str, Path]]:
    # nbgrader copies a student's own files beside the pages, web pages among them.
    made = [f"{name}.html" for name in sorted(known_notebooks(course, assignment))]
    for student in course.students(course.directory.feedback_directory, assignment):
        folder = course.feedback(student, assignment)
        yield from ((student, folder / name) for name in made if (folder / name).is_file())


def release(course: Course, assignment: str) -> list[str]:
    """Put feedback into nbgrader's exchange for those who handed in through it.

    nbgrader's own command stops at the first student who did not: such a
    submission lacks the secret by which its owner may fetch.

    Returns
    -------
    list of str
        The students whose feedback was released.

    Raises
    ------
    ClassroomError
        If nbgrader cannot release, with its last word on why.
    """
    api: Any = NbGraderAPI(course.directory, config=course.config)
    released = []
    for student in course.students(course.directory.feedback_directory, assignment):
        folder = course.feedback(student, assignment)
        if not (folder / "submission_secret.txt").is_file():
            continue
        # nbgrader's exchange finds a page by the name under which the notebook was handed in.
        for here, there in remembered_names(course, assignment, student).items():
            shutil.copyfile(folder / f"{here}.html", folder / f"{there}.html")
        done = api.release_feedback(assignment, student)
        if not done["success"]:
            lines = (done.get("error") or done.get("log") or "no reason").strip().splitlines()
            raise ClassroomError(f"nbgrader could not release feedback to {student}: {lines[-1]}")
        released.append(student)
    return released
