"""What the doctor examines in a course: kernels, imports, exercises, time-outs, marks, exchange."""

from __future__ import annotations

import ast
import json
import os
import shutil
import sqlite3
import stat
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import nbformat
from jupyter_client.kernelspec import KernelSpecManager, NoSuchKernel
from sqlalchemy import create_engine, text
from sqlalchemy.engine import make_url
from sqlalchemy.exc import SQLAlchemyError

from classroom.course import ClassroomError, Course
from classroom.doctor.diagnosis import Finding
from classroom.grading.registering import drifted
from classroom.plan import make_plan

# nbformat has no types for its reader.
read_notebook: Any = nbformat.read


def _source_notebooks(course: Course) -> Iterator[tuple[Path, Any]]:
    for path in sorted(course.source("*").parent.glob("*/*.ipynb")):
        try:
            yield path, read_notebook(path, as_version=4)
        except (ValueError, OSError, AttributeError):
            continue


def kernel(course: Course) -> Iterator[Finding]:
    """The kernels that the assignments ask for."""
    wanted = {"python3"}
    for _, notebook in _source_notebooks(course):
        wanted.add(notebook.metadata.get("kernelspec", {}).get("name", "python3"))
    manager = KernelSpecManager()
    for name in sorted(wanted):
        check = f"kernel {name}"
        try:
            command = manager.get_kernel_spec(name).argv[0]
        except NoSuchKernel:
            todo = f"{sys.executable} -m ipykernel install --sys-prefix --name {name}"
            yield Finding(check, "fail", "not installed", todo)
            continue
        program = shutil.which(command)
        if program is None:
            todo = f"jupyter kernelspec remove {name}, then install it again"
            yield Finding(check, "fail", f"its program {command} is not there", todo)
        else:
            yield Finding(check, "ok", f"starts {program}")


def _imports(notebook: Any) -> set[str]:
    found = set()
    for cell in notebook.cells:
        if cell.cell_type != "code":
            continue
        lines = [
            line for line in cell.source.splitlines() if not line.lstrip().startswith(("%", "!"))
        ]
        try:
            tree = ast.parse("\n".join(lines))
        except SyntaxError:
            continue
        for node in ast.walk(tree):
            if isinstance(node, ast.Import):
                found |= {alias.name.partition(".")[0] for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module and not node.level:
                found.add(node.module.partition(".")[0])
    return found


def imports(course: Course) -> Iterator[Finding]:
    """What the assignments import, seen from a fresh interpreter."""
    wanted = sorted(set().union(*(_imports(each) for _, each in _source_notebooks(course))))
    question = (
        "import importlib.util as u, json, sys; "
        "print(json.dumps([n for n in sys.argv[1:] if u.find_spec(n) is None]))"
    )
    answer = subprocess.run(  # noqa: S603  our own interpreter and names that are identifiers
        [sys.executable, "-I", "-c", question, *wanted],
        capture_output=True,
        text=True,
        check=False,
    )
    missing = json.loads(answer.stdout or "[]")
    if missing:
        todo = f"pip install {' '.join(missing)}, or put the module beside the notebook"
        yield Finding("imports", "warn", f"not to be found: {', '.join(missing)}", todo)
    else:
        yield Finding("imports", "ok", f"{len(wanted)} modules the assignments import are there")


def drift(course: Course) -> Iterator[Finding]:
    """Whether what is handed out is what the solutions would give today."""
    assignments = sorted(p.name for p in course.source("*").parent.glob("*") if p.is_dir())
    assignments = [name for name in assignments if list(course.source(name).glob("*.ipynb"))]
    if not assignments:
        todo = f"put a solution notebook into {course.source('NAME')}"
        yield Finding("exercises", "warn", "there is no assignment", todo)
    for name in assignments:
        released = course.release(name)
        todo = f"nbgrader generate_assignment {name} --force"
        if not released.is_dir():
            yield Finding(f"exercise {name}", "warn", "not yet made from its solution", todo)
            continue
        changed = drifted(course, name)
        outdated = [] if changed else _outdated(course, name)
        if outdated:
            found = f"the gradebook marks with other tests than its solution: {', '.join(outdated)}"
            yield Finding(f"exercise {name}", "fail", found, todo)
        elif changed:
            found = f"differs from what its solution gives: {', '.join(changed)}"
            yield Finding(f"exercise {name}", "fail", found, todo)
        else:
            yield Finding(f"exercise {name}", "ok", "is what its solution gives")


def _outdated(course: Course, assignment: str) -> list[str]:
    """Name the cells with which work would be marked and which the solution has otherwise."""
    kept = _sqlite_file(course)
    if kept is not None and not kept.exists():
        return []  # and asking would make it
    try:
        return make_plan(course, assignment).outdated()
    except ClassroomError:
        return []  # not in the gradebook yet: grading will put it there


def timeouts(course: Course) -> Iterator[Finding]:
    """How long one cell may run."""
    settings = [course.config.get(name, {}) for name in ("Execute", "ExecutePreprocessor")]
    given = [section["timeout"] for section in settings if "timeout" in section]
    seconds = given[0] if given else 30
    if seconds is None or seconds <= 0:
        todo = "set c.Execute.timeout = 30 in nbgrader_config.py"
        yield Finding("time-out", "fail", "a cell may run for ever", todo)
    elif seconds > 120:
        todo = "set c.Execute.timeout to 30: one endless loop a test cell costs so much each"
        yield Finding("time-out", "warn", f"a cell may run for {seconds} s", todo)
    else:
        yield Finding("time-out", "ok", f"a cell may run for {seconds} s")


def gradebook(course: Course) -> Iterator[Finding]:
    """Whether the marks are in one piece."""
    url = make_url(course.directory.db_url)
    path = _sqlite_file(course)
    if path is not None:
        if not path.exists():
            todo = "nbgrader generate_assignment makes it"
            yield Finding("gradebook", "ok", f"none yet at {path}", todo)
            return
        yield _sqlite(path)
        return
    engine = create_engine(url)
    try:
        with engine.connect() as connection:
            connection.execute(text("select count(*) from grade"))
    except SQLAlchemyError as error:
        reason = str(getattr(error, "orig", error)).strip().splitlines()[0]
        todo = "is the server running, and db_url in nbgrader_config.py right?"
        yield Finding("gradebook", "fail", reason, todo)
    else:
        where = url.host or "this machine"
        yield Finding("gradebook", "ok", f"{url.get_backend_name()} at {where}")
    finally:
        engine.dispose()


def _sqlite_file(course: Course) -> Path | None:
    """Return where the gradebook is or will be, if that is a file."""
    url = make_url(course.directory.db_url)
    return Path(url.database or "") if url.get_backend_name() == "sqlite" else None


def _sqlite(path: Path) -> Finding:
    todo = f"keep a copy of {path}, then put the last back-up in its place"
    try:
        with closing(sqlite3.connect(f"file:{path}?mode=ro", uri=True)) as connection:
            (result,) = connection.execute("pragma integrity_check").fetchone()
            strays = connection.execute("pragma foreign_key_check").fetchall()
            (marks,) = connection.execute("select count(*) from grade").fetchone()
    except sqlite3.DatabaseError as error:
        return Finding("gradebook", "fail", f"{path} cannot be read: {error}", todo)
    if result != "ok":
        return Finding("gradebook", "fail", f"{path} is damaged: {result}", todo)
    if strays:
        return Finding("gradebook", "warn", f"{len(strays)} rows belong to nothing", todo)
    return Finding("gradebook", "ok", f"{path} is in one piece, {marks} marks")


def exchange(course: Course) -> Iterator[Finding]:
    """Nbgrader's exchange, if there is one."""
    root = Path(course.config.get("Exchange", {}).get("root", "/usr/local/share/nbgrader/exchange"))
    if not root.is_dir():
        found = f"none at {root}; it is needed only to hand out and in through JupyterHub"
        yield Finding("exchange", "ok", found)
        return
    mode = stat.S_IMODE(root.stat().st_mode)
    if mode & 0o777 != 0o777:
        todo = f"chmod ugo+rwx {root}"
        yield Finding("exchange", "fail", f"{root} is {mode:03o}; students cannot use it", todo)
    else:
        yield Finding("exchange", "ok", f"{root} is open to everybody, as nbgrader wants it")
    if not course.directory.course_id:
        todo = 'set c.CourseDirectory.course_id = "..." in nbgrader_config.py'
        yield Finding("course id", "fail", "empty; the exchange needs one", todo)
        return
    inbound = root / course.directory.course_id / "inbound"
    if inbound.is_dir() and inbound.stat().st_mode & stat.S_IROTH:
        todo = f"chmod o-r {inbound}"
        yield Finding("exchange inbound", "fail", "students can list what others handed in", todo)
    if inbound.is_dir() and not os.access(inbound, os.R_OK | os.X_OK):
        todo = f"make {os.environ.get('USER', 'the teacher')} the owner of {inbound}"
        yield Finding("exchange inbound", "fail", "you cannot read it", todo)
