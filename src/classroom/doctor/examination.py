"""Examine the set-up before a class depends on it; each finding says what to do."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Callable, Iterator
from importlib import metadata
from pathlib import Path

from classroom.course import ClassroomError, Course
from classroom.doctor.course_checks import drift, exchange, gradebook, imports, kernel, timeouts
from classroom.doctor.diagnosis import Finding
from classroom.grading.versions import LAB_PYTHON
from classroom.walls import jail

GIGABYTE = 1024**3

#: Versions the desk is tested with; see ``classroom.nbgrader_internals``.
TESTED = {
    "nbgrader": "0.9.6",
    "nbconvert": "7.17",
    "nbclient": "0.11",
    "nbformat": "5.11",
    "ipykernel": "7.4",
    "jupyter-client": "8.10",
}
OLDEST_PYTHON = (3, 11)
RUNNING = tuple(sys.version_info[:3])


def python(course: Course) -> Iterator[Finding]:  # noqa: ARG001  every check takes the course
    """Python itself."""
    version = ".".join(map(str, RUNNING))
    if RUNNING < OLDEST_PYTHON:
        yield Finding("Python", "fail", version, "install Python 3.11 or newer")
    else:
        yield Finding("Python", "ok", f"{version} at {sys.executable}")


def lab_python(course: Course) -> Iterator[Finding]:  # noqa: ARG001
    """Whether the desk reads what the browser lab reads."""
    version = ".".join(map(str, RUNNING))
    lab = ".".join(map(str, LAB_PYTHON))
    if RUNNING[:2] != LAB_PYTHON:
        yield Finding(
            "Python of the lab",
            "warn",
            f"the browser lab runs Python {lab}, this desk {version}; what only one of the two "
            "reads fails in the other",
            f"make the desk's environment with Python {lab}; until then, cells that only the "
            "version breaks wait for a person",
        )
    else:
        yield Finding("Python of the lab", "ok", lab)


def versions(course: Course) -> Iterator[Finding]:  # noqa: ARG001
    """The packages whose insides the desk leans on."""
    for package, tested in TESTED.items():
        try:
            found = metadata.version(package)
        except metadata.PackageNotFoundError:
            yield Finding(package, "fail", "not installed", f"pip install '{package}=={tested}.*'")
            continue
        if found == tested or found.startswith(f"{tested}."):
            yield Finding(package, "ok", found)
        else:
            yield Finding(
                package,
                "warn",
                f"{found}; the desk is tested with {tested}",
                f"pip install '{package}=={tested}.*', or run the course's tests with {found}",
            )


def sandbox(course: Course) -> Iterator[Finding]:  # noqa: ARG001
    """The walls around student code."""
    fault = jail.bubblewrap_fault() if sys.platform.startswith("linux") else None
    if sys.platform.startswith("linux"):
        if fault is None:
            yield Finding("bubblewrap", "ok", "makes its namespaces")
        else:
            todo = (
                "apt install bubblewrap; where user namespaces are denied, ask for "
                "kernel.unprivileged_userns_clone=1 (Debian) or an AppArmor profile (Ubuntu)"
            )
            yield Finding("bubblewrap", "warn", fault, todo)
        fault = jail.landlock_fault()
        if fault is None:
            yield Finding("Landlock", "ok", "there, as the second choice")
        else:
            yield Finding("Landlock", "warn", fault, "nothing, as long as bubblewrap works")
    try:
        walls, why = jail.choose_walls("auto")
        yield Finding("sandbox", "ok", f"--sandbox auto uses {walls}: {why}")
    except ClassroomError as error:
        yield Finding("sandbox", "fail", str(error), "put one of the two right before grading")


def disk(course: Course) -> Iterator[Finding]:
    """Room for graded notebooks, and for temporary files."""
    for check, folder in (("disk", course.root), ("temporary disk", Path(tempfile.gettempdir()))):
        free = shutil.disk_usage(folder).free / GIGABYTE
        found = f"{free:.1f} GB free at {folder}"
        if free < 0.2:
            yield Finding(check, "fail", found, "make room: a class of a thousand needs about 1 GB")
        elif free < 2:
            yield Finding(check, "warn", found, "make room: a class of a thousand needs about 1 GB")
        else:
            yield Finding(check, "ok", found)


CHECKS: tuple[Callable[[Course], Iterator[Finding]], ...] = (
    python,
    lab_python,
    versions,
    kernel,
    imports,
    sandbox,
    disk,
    drift,
    timeouts,
    gradebook,
    exchange,
)


def examine(course: Course) -> list[Finding]:
    """Run every check; one that breaks is a finding too.

    Parameters
    ----------
    course
        The course to examine; nothing in it is changed.
    """
    findings = []
    for check in CHECKS:
        try:
            findings += list(check(course))
        # The doctor must be able to speak about a set-up in any state.
        except Exception as error:  # noqa: BLE001
            found = f"could not be examined: {type(error).__name__}: {error}"
            findings.append(Finding(check.__name__, "fail", found, "report this with the message"))
    return findings
