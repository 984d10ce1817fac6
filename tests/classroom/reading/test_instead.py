"""What came instead of a notebook: shown or named to its reader, and nobody's name with it."""

from __future__ import annotations

from pathlib import Path

import pytest

from classroom.course import Course
from classroom.grading.grade import Options, grade
from classroom.reading.instead import MOST_CHARACTERS, Instead, as_html, came_instead
from classroom.reading.reader_session import ReaderSession

from .. import toy
from ..hostile import browser as scripts
from .test_questions import find


@pytest.fixture
def course(tmp_path: Path) -> Course:
    return Course.open(toy.make_course(tmp_path / "course"))


def hand_in(course: Course, student: str, files: dict[str, bytes]) -> None:
    folder = course.submitted(student, "toy")
    folder.mkdir(parents=True)
    (folder / "timestamp.txt").write_text("2026-11-20 12:00:00 UTC\n", encoding="utf-8")
    for name, content in files.items():
        (folder / name).write_bytes(content)


def came(course: Course, files: dict[str, bytes]) -> list[Instead]:
    hand_in(course, "asa", files)
    return came_instead(course, "toy", "asa", [])


def test_a_text_is_shown_and_anything_else_is_named_by_its_kind(course: Course) -> None:
    files = came(
        course,
        {
            "Åsa Lind.txt": "Kön känns kortare.".encode(),
            "Åsa Lind.pdf": b"%PDF-1.7 \0" + bytes(2048),
            "b.HEIC": b"\0\0\0",
            "queue.ipynb": b"",
            "Åsa": b"x",
        },
    )
    assert {file.kind for file in files} == {
        "a text (txt, 1 KB)",
        "a PDF (pdf, 2 KB)",
        "a picture (heic, 1 KB)",
        "a notebook (ipynb, empty)",
        "a file (1 KB)",
    }
    assert [file.text for file in files if file.text] == ["Kön känns kortare."]
    page = as_html(files)
    assert "Kön känns kortare." in page
    assert "Lind" not in page, "a file's name is its student's"
    assert "asa" not in page, "and so is the place"
    assert "may tell whose it is" in page
    assert str(course.submitted("asa", "toy") / "Åsa Lind.pdf") in as_html(files, places=True)


def test_a_long_text_is_cut_and_says_so(course: Course) -> None:
    (file,) = came(course, {"essay.txt": b"x" * (MOST_CHARACTERS + 1234)})
    assert file.text is not None
    assert len(file.text) == MOST_CHARACTERS
    assert "1,234 more characters are not shown" in as_html([file])


@pytest.mark.parametrize("name", ["essay.txt", "essay.html", "essay.md"])
def test_nothing_in_a_text_becomes_a_part_of_the_page(course: Course, name: str) -> None:
    text = "\n".join(scripts.WRITTEN.values())
    page = as_html(came(course, {name: text.encode()}))
    body = page.partition("<pre")[2].partition(">")[2].partition("</pre>")[0]
    assert body
    assert "<" not in body


@pytest.mark.parametrize(
    ("content", "text"),
    [
        ("Jono tuntuu.".encode("utf-16"), "Jono tuntuu."),
        ("Jono lyhyempänä.".encode("cp1252"), "Jono lyhyempänä."),
        (b"\xef\xbb\xbfJono.", "Jono."),
        (b"\0\1\2", None),
        (b"", ""),
    ],
)
def test_a_text_is_read_as_its_editor_wrote_it(
    course: Course, content: bytes, text: str | None
) -> None:
    (file,) = came(course, {"essay.txt": content})
    assert file.text == text


def test_the_text_of_a_page_is_shown_without_its_tags(course: Course) -> None:
    page = b"<p>One &amp; two.</p><p>Three<br>four.</p><script>alert(1)</script>"
    (file,) = came(course, {"onlinetext.html": page})
    assert file.text == "One & two.\nThree\nfour."


def test_what_was_handed_out_and_links_are_no_work_of_a_student(course: Course) -> None:
    (course.release("toy") / "data.csv").write_bytes(b"a,b\n")
    hand_in(course, "asa", {"data.csv": b"a,b\n", "mine.csv": b"c\n"})
    (course.submitted("asa", "toy") / "secret.txt").symlink_to("/etc/hostname")
    found = came_instead(course, "toy", "asa", [])
    assert [file.place.name for file in found] == ["mine.csv"]


@pytest.mark.grading
def test_the_reading_page_shows_it_to_who_reads_and_seals_the_mark_on_it(course: Course) -> None:
    toy.submit(course.root, "aino", extra=[("notes.txt", b"Beside a notebook.")])
    hand_in(course, "asa", {"Åsa.txt": b"A wait feels shorter."})
    grade(course, "toy", Options(workers=1))
    session = ReaderSession(course, "toy")
    _, _, aino = find(session, "aino")
    assert aino.answer.instead == ()
    question, label, opened = find(session, "asa")
    (file,) = opened.answer.instead
    assert (file.text, opened.answer.words) == ("A wait feels shorter.", 4)
    assert "There is no graded notebook of this student" in opened.answer.problem
    assert session.name(question, label).endswith("submitted/asa/toy/Åsa.txt")
    (course.submitted("asa", "toy") / "Åsa.txt").write_bytes(b"Something else.")
    assert session.opened(question, label).seal != opened.seal
