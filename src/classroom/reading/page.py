"""The page on which answers in words are read, as a web application.

It answers only under an address that holds a random token. It sets no cookie, so
a page of somebody else's has nothing to ride on, and it refuses requests that
were made for another host or by another page.
"""

from __future__ import annotations

import hmac
import json
import math
import re
from dataclasses import asdict
from http import HTTPStatus
from importlib.resources import files
from typing import Any

import nh3
from nbformat import v4
from sqlalchemy.exc import OperationalError
from tornado.web import Application, HTTPError, RequestHandler

from classroom.course import ClassroomError
from classroom.journal import OccupiedError
from classroom.reading.instead import as_html
from classroom.reading.questions import Question
from classroom.reading.reader_session import ChangedElsewhere, Opened, ReaderSession
from classroom.reading.readers import Change, keep_comments, kept_comments
from classroom.sanitise import shown

FILES = {
    "": ("reading.html", "text/html"),
    "reading.css": ("reading.css", "text/css"),
    "reading.js": ("reading.js", "text/javascript"),
    "drafts.js": ("drafts.js", "text/javascript"),
}
POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src data:; connect-src 'self'; "
    "base-uri 'none'; form-action 'none'; frame-ancestors 'none'"
)
HEADERS = {
    "Content-Security-Policy": POLICY,
    "Referrer-Policy": "no-referrer",
    "X-Content-Type-Options": "nosniff",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Cache-Control": "no-store",
}
# What may stand in the text of a button.
WORDS = {"b", "code", "em", "i", "strong", "sub", "sup"}


def _markdown(text: str) -> str:
    return shown([v4.new_markdown_cell(text)]) if text else ""


def described(question: Question, number: int) -> dict[str, Any]:
    """Give a question as the page wants it, its texts as harmless HTML."""
    model = question.model
    if model and question.kind == "code":
        model = shown([v4.new_code_cell(model)])
    return {
        "id": number,
        "title": question.title,
        "notebook": question.notebook,
        "points": question.points,
        "task": _markdown(question.task),
        "model": model if question.kind == "code" else _markdown(model),
        "rubric": question.rubric,
        "shares": question.shares,
        "levels": [
            {"points": each.points, "text": nh3.clean(_markdown(each.text), tags=WORDS).strip()}
            for each in question.levels
        ],
    }


class Desk(RequestHandler):
    """What all requests share: who may ask, and how a refusal is told."""

    def initialize(
        self, token: str, session: ReaderSession, questions: list[dict[str, Any]], names: bool
    ) -> None:
        """Take what the application holds."""
        self.token = token
        self.session = session
        self.questions = questions
        self.names = names

    def set_default_headers(self) -> None:
        """Forbid the page everything that it does not need."""
        self.clear_header("Server")
        for name, value in HEADERS.items():
            self.set_header(name, value)

    def prepare(self) -> None:
        """Refuse whoever does not come from the page of this very address."""
        if not hmac.compare_digest(self.path_kwargs.get("token", ""), self.token):
            raise HTTPError(404, reason="open the address that classroom read printed")
        hosts = self.settings["hosts"]
        if self.request.host not in hosts:
            raise HTTPError(403, reason="this page is for this machine only")
        if self.request.method == "POST":
            asked = self.request.headers
            origin, site = asked.get("Origin", ""), asked.get("Sec-Fetch-Site", "same-origin")
            if origin not in {f"http://{host}" for host in hosts} or site != "same-origin":
                raise HTTPError(403, reason="another page may not mark")
            if asked.get("Content-Type", "").partition(";")[0] != "application/json":
                raise HTTPError(415, reason="marks come as JSON")

    def write_error(self, status_code: int, **kwargs: Any) -> None:
        """Tell the page in words what is wrong."""
        error = kwargs.get("exc_info", (None, None))[1]
        said = self._reason
        if isinstance(error, OccupiedError):
            status_code, said = HTTPStatus.LOCKED, "the course is being graded"
        elif isinstance(error, OperationalError):
            status_code, said = HTTPStatus.LOCKED, f"the gradebook is busy ({error.orig})"
        elif isinstance(error, ClassroomError):
            status_code, said = HTTPStatus.BAD_REQUEST, str(error)
        self.set_status(status_code)
        self.finish({"error": said})

    def log_exception(self, *_: Any) -> None:
        """Say nothing here of what the page is told; anything else is a fault of ours."""
        if not isinstance(_[1], HTTPError | ClassroomError | OperationalError):
            super().log_exception(*_)

    def question(self, number: object) -> Question:
        """Give a question by the number under which the page knows it."""
        questions = self.session.questions
        if isinstance(number, int) and 0 <= number < len(questions):
            return questions[number]
        raise HTTPError(404, reason="there is no such question; load the page anew")

    def asked(self) -> tuple[Question, str]:
        """Give the question and the label that an address names."""
        number = self.get_query_argument("question")
        label = self.get_query_argument("label", "")
        return self.question(int(number) if number.isdecimal() else None), label

    def tell(self, question: Question, label: str, opened: Opened) -> dict[str, Any]:
        """Give an answer as the page wants it."""
        return asdict(opened.given) | {
            "label": label,
            "seal": opened.seal,
            "words": opened.answer.words,
            "problem": opened.answer.problem,
            "html": shown(opened.answer.cells) + as_html(opened.answer.instead, places=self.names),
            "name": self.session.name(question, label) if self.names else "",
        }


class Files(Desk):
    """The page itself."""

    def get(self, name: str, **_: str) -> None:
        """Give one of its files."""
        file, kind = FILES[name]
        self.set_header("Content-Type", f"{kind}; charset=utf-8")
        self.write((files("classroom.reading") / "static" / file).read_bytes())


class Overview(Desk):
    """The questions, and the comments kept for reuse."""

    def get(self, **_: str) -> None:
        """Give them."""
        session = self.session
        self.write(
            {
                "assignment": session.assignment,
                "reader": session.reader,
                "questions": self.questions,
                "comments": kept_comments(session.course),
            }
        )


class Answers(Desk):
    """The answers to one question, without their texts."""

    def get(self, **_: str) -> None:
        """Give them in the order of reading."""
        question, _label = self.asked()
        listed = self.session.listed(question)
        self.write({"answers": [{"label": at} | asdict(given) for at, given in listed.items()]})


class One(Desk):
    """One answer."""

    def get(self, **_: str) -> None:
        """Give it."""
        question, label = self.asked()
        self.write(self.tell(question, label, self.session.opened(question, label)))

    def post(self, **_: str) -> None:
        """Mark it; if it has changed, give it as it is now."""
        asked = json.loads(self.request.body)
        question, label = self.question(asked.get("question")), str(asked.get("label"))
        change: Change = {}
        if "points" in asked:
            points = asked["points"]
            if points is not None and not (
                isinstance(points, int | float) and math.isfinite(points)
            ):
                raise ClassroomError(f"points must be a number, got {points!r}")
            change["points"] = None if points is None else float(points)
        if "comment" in asked:
            change["comment"] = str(asked["comment"])
        try:
            opened = self.session.mark(question, label, change, str(asked.get("seal")))
        except ChangedElsewhere:
            self.set_status(HTTPStatus.CONFLICT)
            opened = self.session.opened(question, label)
        self.write(self.tell(question, label, opened))


class Name(Desk):
    """A student's name, which nothing else tells."""

    def get(self, **_: str) -> None:
        """Give it."""
        self.write({"name": self.session.name(*self.asked())})


class Comments(Desk):
    """The comments kept for reuse."""

    def post(self, **_: str) -> None:
        """Keep these."""
        comments = [str(each) for each in json.loads(self.request.body)["comments"]]
        keep_comments(self.session.course, comments)
        self.write({"comments": comments})


def application(
    session: ReaderSession, token: str, hosts: set[str], *, names: bool = False
) -> Application:
    """Give the page's application.

    Parameters
    ----------
    token
        The secret first part of every address.
    hosts
        The names, with the port, under which it may be called.
    names
        Whether to show students' names unasked.
    """
    questions = [described(each, i) for i, each in enumerate(session.questions)]
    under = {"token": token, "session": session, "questions": questions, "names": names}
    paths = {f"(?P<name>{'|'.join(map(re.escape, FILES))})": Files, "api/overview": Overview}
    paths |= {"api/answers": Answers, "api/answer": One, "api/name": Name, "api/comments": Comments}
    return Application(
        [(rf"/(?P<token>[^/]+)/{path}", handler, under) for path, handler in paths.items()],
        default_handler_class=Desk,
        default_handler_args=under,
        log_function=lambda _: None,
        hosts=hosts,
    )
