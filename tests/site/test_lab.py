"""The browser lab: from the chapter by click to a check that passes, and the work kept."""

from __future__ import annotations

import functools
import http.server
import io
import json
import os
import re
import shutil
import sqlite3
import subprocess
import sys
import threading
import time
import zipfile
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path

import nbformat
import pytest
from playwright.sync_api import Browser, BrowserContext, FrameLocator, Page, expect

from .look import violations

ROOT = Path(__file__).parents[2]
NOTEBOOK = "03_value/value.ipynb"
CHAPTER = "book/chapters/03_value.html"
PATIENCE = 180_000
# nbgrader calls its database tool by name.
PATH = os.pathsep.join([str(Path(sys.executable).parent), os.environ["PATH"]])

WRONG = """def rank_by_value(offers, method, time_value=12.0):
    if method not in ("ratio", "difference", "net"):
        raise ValueError(method)
    def worth(offer):
        if method == "ratio":
            if offer["price"] == 0:
                raise ValueError(offer["name"])
            return offer["benefit"] / offer["price"]
        if method == "difference":
            return offer["benefit"] - offer["price"]
        spent = time_value * offer["minutes"]
        return offer["benefit"] - offer["price"] - spent - offer["hassle"]
    return [o["name"] for o in sorted(offers, key=lambda o: (-round(worth(o), 9), o["name"]))]
"""
RIGHT = WRONG.replace('time_value * offer["minutes"]', 'time_value * offer["minutes"] / 60')

pytestmark = [pytest.mark.browser, pytest.mark.xdist_group("lab")]


@contextmanager
def at_home(browser: Browser) -> Iterator[BrowserContext]:
    """Give a browser's window, and see that no other host was asked for anything."""
    foreign = []
    context = browser.new_context(viewport={"width": 1280, "height": 900})
    context.on(
        "request",
        lambda request: (
            foreign.append(request.url)
            if request.url.startswith("http") and "//127.0.0.1" not in request.url
            else None
        ),
    )
    yield context
    context.close()
    assert foreign == []


@pytest.fixture
def context(browser: Browser) -> Iterator[BrowserContext]:
    with at_home(browser) as context:
        yield context


@contextmanager
def a_lab(browser: Browser, lab_site: Path, serve: Callable[[Path], str]) -> Iterator[Page]:
    """Give a lab that has started."""
    with at_home(browser) as context:
        page = context.new_page()
        page.goto(f"{serve(lab_site)}/book/lab.html?notebook={NOTEBOOK}")
        ready(page)
        yield page


@pytest.fixture(scope="module")
def started(browser: Browser, lab_site: Path, serve: Callable[[Path], str]) -> Iterator[Page]:
    """For tests that leave the lab as useful as they found it."""
    with a_lab(browser, lab_site, serve) as page:
        yield page


@pytest.fixture
def started_alone(browser: Browser, lab_site: Path, serve: Callable[[Path], str]) -> Iterator[Page]:
    """For a test that leaves dialogs behind, which keep the keyboard to themselves."""
    with a_lab(browser, lab_site, serve) as page:
        yield page


class _Counting(http.server.SimpleHTTPRequestHandler):
    """A server like the course's own, which counts the bytes of the files that it sends."""

    sent: list[int] = []  # noqa: RUF012 - one list for all requests

    def end_headers(self) -> None:
        self.send_header("Cache-Control", "no-cache")
        super().end_headers()

    def copyfile(self, source, outputfile) -> None:
        self.sent.append(os.fstat(source.fileno()).st_size)
        super().copyfile(source, outputfile)

    def log_message(self, *_parts: object) -> None:
        """Say nothing."""


@pytest.fixture
def counted() -> Iterator[Callable[[Path], str]]:
    """Serve a folder as `serve` does, with every byte sent noted in `_Counting.sent`."""
    servers = []

    def start(folder: Path) -> str:
        handler = functools.partial(_Counting, directory=str(folder))
        servers.append(http.server.ThreadingHTTPServer(("127.0.0.1", 0), handler))
        threading.Thread(target=servers[-1].serve_forever, daemon=True).start()
        return f"http://127.0.0.1:{servers[-1].server_address[1]}"

    _Counting.sent.clear()
    yield start
    for server in servers:
        server.shutdown()
        server.server_close()


def ready(page: Page) -> FrameLocator:
    """Wait until Python answers in the lab; return its frame."""
    page.wait_for_selector(".sb-lab[data-ready]", timeout=PATIENCE)
    return page.frame_locator(".sb-lab-frame iframe")


def commands(page: Page, script: str) -> object:
    """Run a script inside the lab, where `app` is its application and `panel` the notebook."""
    return page.evaluate(
        """async (script) => {
          const app = document.querySelector('.sb-lab-frame iframe').contentWindow.jupyterapp;
          const panel = app.shell.currentWidget;
          const Script = Object.getPrototypeOf(async () => {}).constructor;
          return await new Script('app', 'panel', script)(app, panel);
        }""",
        script,
    )


def write_cell(page: Page, cell: str, source: str) -> None:
    """Put source into the cell with this id."""
    commands(
        page,
        f"""const all = panel.content.widgets;
            const cell = all.find(cell => cell.model.id === {json.dumps(cell)});
            cell.model.sharedModel.setSource({json.dumps(source)});""",
    )


def run_through(page: Page) -> dict[str, str]:
    """Run every cell; return the text of the outputs by cell id."""
    commands(
        page,
        """for (let i = 0; i < panel.content.widgets.length; i++) {
             panel.content.activeCellIndex = i;
             await app.commands.execute('notebook:run-cell');
           }""",
    )
    return outputs(page)


def outputs(page: Page) -> dict[str, str]:
    found = commands(
        page,
        """const all = {};
           for (const cell of panel.content.widgets) {
             if (cell.model.type !== 'code') continue;
             all[cell.model.id] = JSON.stringify(cell.model.outputs.toJSON());
           }
           return all;""",
    )
    assert isinstance(found, dict)
    return found


def test_from_the_chapter_to_a_green_check_and_to_the_teacher(
    context: BrowserContext,
    lab_site: Path,
    serve: Callable[[Path], str],
    tmp_path: Path,
) -> None:
    page = context.new_page()
    page.goto(f"{serve(lab_site)}/{CHAPTER}")
    page.get_by_role("link", name="Do it in the browser").first.click()
    ready(page)

    untouched = run_through(page)
    assert "NotImplementedError" in untouched["rank_by_value-price"]

    write_cell(page, "rank_by_value", WRONG)
    said = run_through(page)
    assert "Ratio and difference hold" in said["rank_by_value-price"]
    assert "minutes" in said["rank_by_value-net"]
    assert "hint" in said["rank_by_value-hint"].lower()

    write_cell(page, "rank_by_value", RIGHT)
    said = run_through(page)
    for check in ("price", "net", "ties", "errors", "manners"):
        assert "point" in said[f"rank_by_value-{check}"], said[f"rank_by_value-{check}"]

    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download my notebook").click()
    handed_in = tmp_path / waiting.value.suggested_filename
    waiting.value.save_as(handed_in)
    assert handed_in.name == "value.ipynb"
    assert_whole(handed_in)
    assert_marked_like_work_from_jupyterlab(handed_in, tmp_path / "course")


def assert_whole(path: Path) -> None:
    """What comes out of the lab has every cell, id and mark of the release."""
    handed_in = nbformat.read(path, as_version=4)
    release = nbformat.read(ROOT / "exercises" / NOTEBOOK, as_version=4)
    nbformat.validate(handed_in)
    assert [cell.id for cell in handed_in.cells] == [cell.id for cell in release.cells]
    for mine, theirs in zip(handed_in.cells, release.cells, strict=True):
        assert mine.metadata.get("nbgrader") == theirs.metadata.get("nbgrader")
    assert handed_in.metadata.kernelspec.name == "python3"


def assert_marked_like_work_from_jupyterlab(handed_in: Path, course: Path) -> None:
    """The lab's file, collected as it is, earns what the same answers earn in JupyterLab."""
    release = nbformat.read(ROOT / "exercises" / NOTEBOOK, as_version=4)
    for cell in release.cells:
        if cell.id == "rank_by_value":
            cell.source = RIGHT
    (course / "solutions" / "03_value").mkdir(parents=True)
    shutil.copy(ROOT / "nbgrader_config.py", course)
    shutil.copy(ROOT / "solutions" / NOTEBOOK, course / "solutions" / "03_value")
    downloads = course / "downloads"
    for student, notebook in {"lab": nbformat.read(handed_in, 4), "desk": release}.items():
        (downloads / student).mkdir(parents=True)
        nbformat.write(notebook, downloads / student / "value.ipynb")

    def run(program: str, *words: str | Path) -> None:
        done = subprocess.run(
            [sys.executable, "-m", program, *map(str, words)],
            cwd=course,
            env={**os.environ, "JUPYTER_NO_CONFIG": "1", "PATH": PATH},
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stdout + done.stderr

    run("nbgrader", "generate_assignment", "03_value")
    run("classroom", "collect", downloads, "03_value")
    run("nbgrader", "autograde", "03_value")
    with closing(sqlite3.connect(course / "gradebook.db")) as book:
        rows = book.execute(
            "SELECT student_id, SUM(auto_score) FROM grade"
            " JOIN submitted_notebook ON grade.notebook_id = submitted_notebook.id"
            " JOIN submitted_assignment ON submitted_notebook.assignment_id"
            " = submitted_assignment.id GROUP BY student_id"
        ).fetchall()
    marks = dict(rows)
    assert marks["lab"] == marks["desk"] > 0


def test_every_exercise_can_be_done_here_or_taken_along(
    context: BrowserContext, lab_site: Path, serve: Callable[[Path], str]
) -> None:
    page = context.new_page()
    page.goto(f"{serve(lab_site)}/book/lab.html")
    releases = {
        path.relative_to(ROOT / "exercises").as_posix(): path.read_bytes()
        for path in (ROOT / "exercises").glob("*/*.ipynb")
        if (lab_site / "exercises" / path.relative_to(ROOT / "exercises")).is_file()
    }
    assert NOTEBOOK in releases
    for name, buttons in [("Do it in the browser", "?notebook="), ("Download the notebook", "/")]:
        links = page.locator(".sb-lab-list").get_by_role("link", name=name)
        assert links.count() == len(releases)
        for link in links.all():
            assert (link.get_attribute("href") or "").partition(buttons)[2] != ""
    with page.expect_download() as waiting:
        page.get_by_role("link", name="Download the notebook: Value and the promise").click()
    assert waiting.value.path().read_bytes() == releases[NOTEBOOK]
    with page.expect_download() as waiting:
        page.get_by_role("link", name="All exercises (.zip)").click()
    with zipfile.ZipFile(io.BytesIO(waiting.value.path().read_bytes())) as archive:
        assert {name: archive.read(name) for name in archive.namelist()} == releases


def test_the_line_that_installs_the_package_is_all_that_a_stray_notebook_needs(
    context: BrowserContext, lab_site: Path, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    page = context.new_page()
    page.goto(f"{serve(lab_site)}/book/lab.html")
    line = page.locator(".sb-lab-install").inner_text().split()
    assert line[:2] == ["%pip", "install"]
    place = tmp_path / "elsewhere"
    pip = [sys.executable, "-m", "pip", "install", "--quiet", "--no-deps", "--no-index"]
    subprocess.run([*pip, "--target", str(place), line[2]], check=True)
    # In a folder of its own, where the installed package comes before the one in this repository.
    run = (
        "import json, pathlib, sys; sys.path.insert(0, sys.argv[1]); names = {}\n"
        "cells = json.loads(pathlib.Path(sys.argv[2]).read_text('utf-8'))['cells']\n"
        "for cell in cells:\n"
        "    if cell['cell_type'] == 'code':\n"
        "        try: exec(''.join(cell['source']), names)\n"
        "        except NotImplementedError: print('to write')\n"
        "print(sys.modules['servicedesign'].__file__)\n"
    )
    for path in sorted((lab_site / "exercises").glob("*/*.ipynb")):
        done = subprocess.run(
            [sys.executable, "-c", run, str(place), str(path)],
            cwd=tmp_path,
            capture_output=True,
            text=True,
            check=False,
        )
        assert done.returncode == 0, done.stderr
        said = done.stdout.split()
        assert said.count("to") > 3
        assert Path(said[-1]).is_relative_to(place), "the package of this repository was used"


def test_the_first_visit_says_how_large_it_is_and_the_second_comes_from_the_cache(
    context: BrowserContext, lab_site: Path, counted: Callable[[Path], str]
) -> None:
    page = context.new_page()
    page.goto(f"{counted(lab_site)}/book/lab.html?notebook={NOTEBOOK}")
    size = page.locator(".sb-lab-size")
    expect(size).to_be_visible()
    told = page.locator(".sb-lab-room")
    expect(told).to_contain_text("kept in this browser, on this device, and nowhere else")
    expect(told).to_contain_text("Clearing the browser's data erases it")
    said = re.search(r"about (\d+) MB", size.inner_text())
    steps = set()
    status = page.locator(".sb-lab-status")
    while page.locator(".sb-lab[data-ready]").count() == 0:
        steps.add(status.inner_text()[:6])
        page.wait_for_timeout(50)
    assert {"2 of 3", "3 of 3"} <= steps
    expect(size).to_be_hidden()
    first = sum(_Counting.sent)
    assert said is not None
    assert int(said[1]) == pytest.approx(first / 1e6, rel=0.1)

    _Counting.sent.clear()
    page.reload()
    ready(page)
    # One file may be larger than what a browser without a disk keeps.
    rest = sorted(_Counting.sent)[:-1]
    assert sum(rest) < 0.01 * first


def test_work_outlives_an_update_of_the_course(
    context: BrowserContext, lab_site: Path, counted: Callable[[Path], str], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    shutil.copytree(lab_site, site, copy_function=os.link)
    page = context.new_page()
    page.goto(f"{counted(site)}/book/lab.html?notebook={NOTEBOOK}")
    ready(page)
    write_cell(page, "rank_by_value", RIGHT)
    commands(page, "await panel.context.save();")

    released = site / "lab" / "files" / NOTEBOOK
    text = released.read_text("utf-8")
    released.unlink()  # a link of its own: the site that others test keeps the old one
    assert "four functions" in text
    released.write_text(text.replace("four functions", "four better functions"), "utf-8")

    page.reload()
    ready(page)
    sources = "return panel.content.widgets.map(cell => cell.model.sharedModel.getSource());"
    assert RIGHT in commands(page, sources)

    page.get_by_role("button", name="Start again").first.click()
    page.get_by_role("dialog").get_by_role("button", name="Start again").click()
    expect(page.locator(".sb-lab-kept button")).to_have_count(1, timeout=PATIENCE)
    ready(page)
    fresh = commands(page, sources)
    assert RIGHT not in fresh
    assert "four better functions" in fresh[0]

    page.locator(".sb-lab-kept button").first.click()
    page.wait_for_selector(".sb-lab:not([data-ready])", timeout=PATIENCE)
    ready(page)
    assert RIGHT in commands(page, sources)


def run_cell(page: Page, cell: str, source: str) -> str:
    """Put source into a cell, run it and return its outputs as text."""
    write_cell(page, cell, source)
    commands(
        page,
        f"""panel.content.activeCellIndex =
              panel.content.widgets.findIndex(cell => cell.model.id === {json.dumps(cell)});
            await app.commands.execute('notebook:run-cell');""",
    )
    return outputs(page)[cell]


def test_matplotlib_comes_from_the_address_of_the_owner_and_from_nowhere_else(
    context: BrowserContext, lab_site: Path, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    sys.path.insert(0, str(ROOT / "tools"))
    try:
        import lab
    finally:
        sys.path.remove(str(ROOT / "tools"))
    elsewhere = tmp_path / "elsewhere"
    elsewhere.mkdir()
    address = f"{serve(elsewhere)}/"
    site = tmp_path / "site"
    shutil.copytree(lab_site, site, copy_function=os.link)
    place = site / "lab" / "static" / "pyodide" / "pyodide-lock.json"
    lock = json.loads(place.read_text("utf-8"))
    known = json.loads((lab.PYODIDE / "pyodide-lock.json").read_text("utf-8"))["packages"]
    added = lab.entries_elsewhere(address, known, set(lock["packages"]))
    place.unlink()
    place.write_text(json.dumps({**lock, "packages": lock["packages"] | added}), "utf-8")

    asked: set[str] = set()
    context.on("request", lambda request: asked.add(request.url))
    page = context.new_page()
    page.goto(f"{serve(site)}/book/lab.html?notebook={NOTEBOOK}")
    ready(page)
    assert not [url for url in asked if url.startswith(address)]
    said = run_cell(page, "rank_by_value", "import matplotlib")
    assert "ModuleNotFoundError" in said, "nothing lies at the address of this test"
    assert {url for url in asked if url.startswith(address)} == {
        entry["file_name"] for entry in added.values()
    }


def test_a_live_figure_moves_in_the_lab_and_the_page_around_it_is_accessible(
    started: Page,
) -> None:
    page, frame = started, ready(started)
    for width, scheme in [(1280, "light"), (360, "dark")]:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        assert violations(page, frames=False) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width
    page.set_viewport_size({"width": 1280, "height": 900})
    run_cell(page, "rank_by_value", "from servicedesign.live.value import three_ways\n\nthree_ways")
    figure = frame.locator(".xp-live").first
    expect(figure).to_be_visible(timeout=PATIENCE)
    summary = frame.locator("p[aria-live=polite]").first
    # Views come one by one: the figure is whole when its last part, the data, is there.
    expect(frame.locator("details.xp-data").first).to_be_attached(timeout=PATIENCE)
    before = summary.inner_text()
    handle = frame.get_by_role("slider").last
    handle.scroll_into_view_if_needed()
    start = handle.get_attribute("aria-valuenow")
    until = time.monotonic() + PATIENCE / 1000
    # When a cell has run, the notebook takes the focus once more: where the machine is busy,
    # between the two steps of which a press is made here.
    while handle.get_attribute("aria-valuenow") == start and time.monotonic() < until:
        handle.press("Home")
        page.wait_for_timeout(300)
    expect(summary).not_to_have_text(before, timeout=PATIENCE)
    # What the course does not carry is missing, and nobody is asked for it.
    assert "ModuleNotFoundError" in run_cell(page, "promise_fit", "import matplotlib")


# What a notebook can show in order to run something, or to tell another host.
SMUGGLED = """from IPython.display import HTML, Javascript, display

for text in (
    "<script>top.smuggled = true</script>",
    "<img src='/nowhere.png' onerror='top.smuggled = true'>",
    "<script src='{other}a.js'></script>",
    "<img src='{other}a.png'>",
    "<link rel='stylesheet' href='{other}a.css'>",
    "<iframe src='{other}a.html'></iframe>",
    "<object data='{other}a.svg'></object>",
):
    display(HTML(text))
display(Javascript("fetch('{other}a.json').catch(() => {{}})"))
print("shown")
"""


def test_what_a_notebook_shows_in_the_lab_runs_nothing_and_tells_no_other_host(
    context: BrowserContext,
    lab_site: Path,
    serve: Callable[[Path], str],
    counted: Callable[[Path], str],
    tmp_path: Path,
) -> None:
    for name in ("a.js", "a.png", "a.css", "a.html", "a.svg", "a.json"):
        (tmp_path / name).write_text("1", "utf-8")
    page = context.new_page()
    said: list[str] = []
    page.on("console", lambda message: said.append(message.text))
    page.goto(f"{serve(lab_site)}/book/lab.html?notebook={NOTEBOOK}")
    ready(page)
    source = SMUGGLED.format(other=f"{counted(tmp_path)}/")
    assert "shown" in run_cell(page, "rank_by_value", source)
    page.wait_for_timeout(1000)
    assert page.evaluate("'smuggled' in window") is False
    assert _Counting.sent == []
    assert any("Content Security Policy" in line for line in said), said
    assert "42" in run_cell(page, "rank_by_value", "print(6 * 7)")


def test_a_full_storage_is_said_and_nothing_else_is_lost(started_alone: Page) -> None:
    page = started_alone
    commands(
        page,
        """window.roomy = [window, panel.node.ownerDocument.defaultView].map(
             place => [place.IDBObjectStore.prototype, place.IDBObjectStore.prototype.put]);
           for (const [store] of window.roomy)
             store.put = () => { throw new DOMException('full', 'QuotaExceededError'); };""",
    )
    write_cell(page, "rank_by_value", RIGHT)
    commands(page, "panel.context.save().catch(() => {});")
    expect(page.locator(".sb-lab-notice")).to_contain_text("storage is full", timeout=30_000)
    still = commands(
        page, "return panel.content.widgets.map(cell => cell.model.sharedModel.getSource());"
    )
    assert RIGHT in still
    assert RIGHT in downloaded(page)
    commands(page, "for (const [store, put] of window.roomy) store.put = put;")


def downloaded(page: Page) -> list[str]:
    """Press the button and return the sources of the cells in the file."""
    with page.expect_download() as waiting:
        page.get_by_role("button", name="Download my notebook").click()
    return [cell.source for cell in nbformat.read(waiting.value.path(), as_version=4).cells]


def test_blocked_storage_is_said_before_the_work(
    context: BrowserContext, lab_site: Path, serve: Callable[[Path], str]
) -> None:
    context.add_init_script(
        "Object.defineProperty(window, 'indexedDB',"
        " {get() { throw new DOMException('no', 'SecurityError'); }});"
    )
    page = context.new_page()
    page.goto(f"{serve(lab_site)}/book/lab.html?notebook={NOTEBOOK}")
    expect(page.get_by_role("alert")).to_contain_text("does not let the page keep your work")
    ready(page)
    assert "42" in run_cell(page, "rank_by_value", "print(6 * 7)")
    assert "print(6 * 7)" in downloaded(page)


def test_a_site_built_without_the_lab_says_so(
    context: BrowserContext, lab_site: Path, serve: Callable[[Path], str], tmp_path: Path
) -> None:
    site = tmp_path / "site"
    ignore = shutil.ignore_patterns("lab", "wheels")
    shutil.copytree(lab_site, site, copy_function=os.link, ignore=ignore)
    page = context.new_page()
    page.goto(f"{serve(site)}/book/lab.html?notebook={NOTEBOOK}")
    expect(page.get_by_role("alert")).to_contain_text("was built without the lab")
    assert page.locator("iframe").count() == 0


def test_without_a_connection_the_lab_says_so(
    context: BrowserContext, lab_site: Path, serve: Callable[[Path], str]
) -> None:
    context.route("**/jupyter-lite.json", lambda route: route.abort())
    page = context.new_page()
    page.goto(f"{serve(lab_site)}/book/lab.html?notebook={NOTEBOOK}")
    expect(page.get_by_role("alert")).to_contain_text("The lab does not answer")


def test_from_disk_the_lab_says_what_it_needs(context: BrowserContext, lab_site: Path) -> None:
    page = context.new_page()
    page.goto(f"file://{lab_site}/book/lab.html?notebook={NOTEBOOK}")
    expect(page.get_by_role("alert")).to_contain_text("needs a web address")


def test_an_address_that_is_no_notebook_opens_nothing(
    context: BrowserContext, lab_site: Path, serve: Callable[[Path], str]
) -> None:
    page = context.new_page()
    page.goto(f"{serve(lab_site)}/book/lab.html?notebook=https://example.org/x.ipynb")
    expect(page.locator(".sb-lab-list")).to_be_visible()
    assert page.locator("iframe").count() == 0


BAD_PAPERS = """
import json
from pathlib import Path

kept = Path("artefacts")
kept.mkdir(exist_ok=True)
(kept / "promise_map.json").write_text('{"promise": [')
(kept / "metric_card.json").write_text(json.dumps({"format": "metric_card/9"}))
person = {"format": "persona/1", "id": "aino", "name": "Aino, who has to ask"}
(kept / "persona.json").write_text(json.dumps(person))
journey = {"format": "journey/1", "id": "lunch", "persona": {"name": "Otso"}}
(kept / "journey.json").write_text(json.dumps(journey))
"""


def test_one_cell_of_the_lab_makes_the_portfolio_and_lists_at_once_all_that_is_wrong(
    context: BrowserContext, lab_site: Path, serve: Callable[[Path], str]
) -> None:
    page = context.new_page()
    page.goto(f"{serve(lab_site)}/book/lab.html?notebook=10_capstone/capstone.ipynb")
    lab = ready(page)
    made = commands(
        page,
        f"""const cell = panel.content.widgets.find(cell => cell.model.id === 'portfolio');
            const source = cell.model.sharedModel.getSource();
            cell.model.sharedModel.setSource({json.dumps(BAD_PAPERS)} + source);
            panel.content.activeCellIndex = panel.content.widgets.indexOf(cell);
            await app.commands.execute('notebook:run-cell');
            return cell.model.outputs.toJSON();""",
    )
    assert isinstance(made, list)
    told = "".join(
        "".join(output["text"]) for output in made if output["output_type"] == "stream"
    ).splitlines()
    for level, file, element, remedy in (
        ("to mend", "promise_map.json", "line 1", "Mend the file"),
        ("to mend", "metric_card.json", "format", "Write one of"),
        ("does not fit", "journey.json", "persona: “Otso”", "Name one of them"),
    ):
        (line,) = [
            one for one in told if one.startswith(f"{level}: ") and file in one and element in one
        ]
        assert remedy in line
    assert "missing: Decision" in "\n".join(told)
    link = lab.get_by_role("link", name="Save the portfolio as a file")
    with page.expect_download() as saved:
        link.click()
    assert saved.value.suggested_filename == "portfolio.html"
    document = Path(saved.value.path()).read_text("utf-8")
    assert document.startswith("<!doctype html>")
    for word in ("Aino, who has to ask", "Otso", "metric_card/9", "promise_map.json"):
        assert word in document
