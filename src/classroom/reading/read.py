"""``classroom read``: a small page on this machine for reading answers in words.

nbgrader's formgrader goes student by student through whole notebooks, and has no
joint for a page that goes through one question. This page writes the same rows,
so the two can be used side by side.
"""

from __future__ import annotations

import asyncio
import contextlib
import secrets
import signal
import socket
import threading
import webbrowser
from typing import TYPE_CHECKING, Annotated

import typer
from tornado.httpserver import HTTPServer

from classroom.course import ClassroomError, Course
from classroom.reading.page import application
from classroom.reading.reader_session import ReaderSession
from classroom.terminal import CourseDir, Terminal

if TYPE_CHECKING:
    from tornado.web import Application

HERE = "127.0.0.1"
LARGEST_REQUEST = 1_000_000


def _listening(port: int) -> socket.socket:
    try:
        here = socket.create_server((HERE, port))
    except OSError as error:
        raise ClassroomError(
            f"port {port} cannot be had ({error.strerror}); give another with --port, or none"
        ) from None
    here.setblocking(False)
    return here


async def _serve(app: Application, here: socket.socket) -> None:
    server = HTTPServer(app, max_body_size=LARGEST_REQUEST)
    server.add_sockets([here])
    ended = asyncio.Event()
    for number in (signal.SIGINT, signal.SIGTERM):
        try:
            asyncio.get_running_loop().add_signal_handler(number, ended.set)
        except NotImplementedError:  # Windows: Ctrl-C is an exception there
            break
    await ended.wait()
    server.stop()
    await server.close_all_connections()


def read_command(
    assignment: Annotated[str, typer.Argument(help="nbgrader's assignment id")],
    reader: Annotated[
        str,
        typer.Option(
            help="A second reader's name: marks are kept apart from the gradebook, and neither "
            "reader sees the other's."
        ),
    ] = "",
    names: Annotated[
        bool, typer.Option("--names", help="Show the students' names from the start.")
    ] = False,
    port: Annotated[
        int, typer.Option(min=0, max=65535, help="Port of the page; a free one if not given.")
    ] = 0,
    browser: Annotated[bool, typer.Option(help="Open the page in the browser.")] = True,
    course_dir: CourseDir = None,
) -> None:
    """Read the answers that a person marks: one question, all students, no names.

    Opens a page on this machine, with the task and its rubric beside each
    answer. Keys 0 to 9 give a level, J and K go on and back, ? shows all keys.
    What a first reader gives goes into the gradebook, as if from formgrader.
    """
    console = Terminal()
    session = ReaderSession(Course.open(course_dir), assignment, reader)
    here = _listening(port)
    port = here.getsockname()[1]
    token = secrets.token_urlsafe(24)
    app = application(session, token, {f"{HERE}:{port}", f"localhost:{port}"}, names=names)

    # It listens already: who comes before the server runs has to wait a moment.
    address = f"http://{HERE}:{port}/{token}/"
    console.print(f"read at {address}")
    console.print("each mark is saved as you give it; Ctrl-C ends")
    if browser:
        threading.Thread(target=webbrowser.open, args=(address,), daemon=True).start()
    with contextlib.suppress(KeyboardInterrupt):
        asyncio.run(_serve(app, here))
    for question, answers, waiting in session.progress():
        told = f"{answers - waiting} of {answers} read"
        console.print(f"{question.notebook}, {question.cell}: {told}")
