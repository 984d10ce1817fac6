"""A class on a real JupyterHub, set up as the guide says, each in an account of its own."""

from __future__ import annotations

import csv
import json
import os
import re
import shutil
import socket
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from importlib import metadata
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from .machine import Machine, refused, wait_until

REPOSITORY = Path(__file__).parents[2]
GUIDE = REPOSITORY / "book" / "guides" / "hub.md"
BIN = Path(sys.executable).parent
PROXY = REPOSITORY / "node_modules" / ".bin"
TEACHER = "tea"
STUDENTS = ("alice", "bob", "chen", "dina", "emil")
PASSWORD = "a-password-for-this-test"
PATIENCE = 240_000
# What each student but Alice hands in.
WRITES = {"bob": "wrong", "chen": "right", "dina": "blank", "emil": "nosy"}

pytestmark = [
    pytest.mark.browser,
    pytest.mark.grading,
    pytest.mark.whole,
    pytest.mark.xdist_group("hub"),
]


def blocks() -> list[str]:
    return re.findall(r"^```bash\n(.*?)^```$", GUIDE.read_text("utf-8"), re.M | re.S)


def free_port() -> int:
    with socket.socket() as found:
        found.bind(("127.0.0.1", 0))
        return int(found.getsockname()[1])


class Hub:
    """The machine, the hub on it, and its address."""

    def __init__(self, place: Path) -> None:
        self.machine = Machine(place, (REPOSITORY, Path(sys.base_prefix)))
        self.home = "/srv/hub"
        # Not the programs of our own environment: the hub must get by with its own.
        system = [path for path in os.environ["PATH"].split(":") if Path(path) != BIN]
        self.variables = {"HUB": self.home, "PATH": ":".join([str(PROXY), *system])}
        self.running: subprocess.Popen[bytes] | None = None
        self.log = place.parent / "hub.log"
        self.address = ""

    def as_printed(self) -> None:
        """Run the blocks of the page in their order; the last one starts the hub."""
        clone = self.machine.root / "srv" / "course"
        clone.mkdir()
        for name in ("src", "solutions", "exercises", "tools"):
            unwanted = shutil.ignore_patterns("artefacts", ".*", "__pycache__", "*.egg-info")
            shutil.copytree(REPOSITORY / name, clone / name, ignore=unwanted)
        for name in ("pyproject.toml", "README.md", "LICENSE", "nbgrader_config.py"):
            shutil.copy(REPOSITORY / name, clone)
        rows = [f"{name},{name.title()},Example,{name}@example.org" for name in STUDENTS]
        (clone / "roster.csv").write_text("\n".join(["id,first_name,last_name,email", *rows, ""]))
        made, path, *before, last = blocks()
        self.root(made.replace("python3", sys.executable))
        self.fill()
        assert path == 'export PATH="$HUB/bin:$PATH"\n'
        self.variables["PATH"] = f"{self.home}/bin:{self.variables['PATH']}"
        for block in before:
            self.root(f"cd course\n{block}")
        self.root("chpasswd", "".join(f"{name}:{PASSWORD}\n" for name in (TEACHER, *STUDENTS)))
        self.start(last)

    def root(self, script: str, words: str = "") -> str:
        script = f"{script} <<'WORDS'\n{words}WORDS" if words else script
        return self.machine.run("root", script, self.variables)

    def fill(self) -> None:
        """Let the new environment see the packages of ours, so that nothing is downloaded."""
        place = self.machine.root / self.home.lstrip("/")
        (site,) = (place / "lib").glob("python3*/site-packages")
        (ours,) = (BIN.parent / "lib").glob("python3*/site-packages")
        (site / "ours.pth").write_text(f"{ours}\n", encoding="utf-8")
        for folder in ("share/jupyter", "etc/jupyter"):
            shutil.copytree(BIN.parent / folder, place / folder, symlinks=True)
        for script in metadata.entry_points(group="console_scripts"):
            if script.name.startswith(("jupyter", "nbgrader", "alembic", "classroom")):
                path = place / "bin" / script.name
                path.write_text(
                    f"#!{self.home}/bin/python\nimport sys\nfrom {script.module} import "
                    f"{script.attr.partition('.')[0]}\nsys.exit({script.attr}())\n",
                    encoding="utf-8",
                )
                path.chmod(0o755)
        (place / "bin" / "node").symlink_to(shutil.which("node") or "node")

    def start(self, block: str) -> None:
        ports = [free_port() for _ in range(3)]
        options = (
            f" --JupyterHub.bind_url=http://127.0.0.1:{ports[0]} --JupyterHub.hub_port={ports[1]}"
            f" --ConfigurableHTTPProxy.api_url=http://127.0.0.1:{ports[2]}"
            # The tests run cells and put answers into them by JupyterLab's own commands.
            " --Spawner.args='[\"--LabApp.expose_app_in_browser=True\"]'"
        )
        assert block.rstrip().endswith("-m jupyterhub")
        with self.log.open("wb") as log:
            self.running = subprocess.Popen(
                self.machine.command("root", block.rstrip() + options),
                env=self.machine.environment("root", self.variables),
                stdout=log,
                stderr=log,
            )
        self.address = f"http://127.0.0.1:{ports[0]}"
        wait_until("the hub answers", self.answers)

    def answers(self) -> bool:
        assert self.running is not None
        assert self.running.poll() is None, self.log.read_text("utf-8")
        try:
            with urllib.request.urlopen(f"{self.address}/hub/health", timeout=10):
                return True
        except OSError:
            return False

    def close(self) -> None:
        if self.running is not None:
            self.running.terminate()
            self.running.wait(60)
        self.machine.close()

    def enter(self, browser: Browser, account: str) -> Page:
        """Log in as an account, and return its JupyterLab."""
        page = browser.new_context(viewport={"width": 1280, "height": 1000}).new_page()
        page.set_default_timeout(PATIENCE)
        page.goto(f"{self.address}/hub/login")
        page.fill("#username_input", account)
        page.fill("#password_input", PASSWORD)
        page.click("#login_submit")
        page.get_by_role("menuitem", name="Nbgrader").wait_for()
        return page

    def desk(self, command: str) -> str:
        """Run a command of the desk as the teacher, beside the hub; 1 says that something waits.

        A terminal in JupyterLab is a login shell, too: the system sets its path anew.
        """
        words = f"bash -l -c 'cd course && {command}'"
        return self.machine.run(TEACHER, words, self.variables, statuses=(0, 1))


@pytest.fixture(scope="module")
def hub(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Hub]:
    reason = refused()
    if reason:
        pytest.skip(f"not tried: a class on a real JupyterHub, in accounts of their own; {reason}")
    place = tmp_path_factory.mktemp("hub") / "memory"
    place.mkdir()
    running = Hub(place)
    try:
        running.as_printed()
        yield running
    finally:
        running.close()


def answers(kind: str) -> dict[str, str]:
    """Return what a student writes into each answer cell of the exercise."""
    source = json.loads((REPOSITORY / "solutions" / "03_value" / "value.ipynb").read_text("utf-8"))
    right = {}
    for cell in source["cells"]:
        own = cell["metadata"].get("nbgrader", {})
        if own.get("solution"):
            lines = "".join(cell["source"]).splitlines()
            right[own["grade_id"]] = "\n".join(
                li for li in lines if not li.strip().startswith("###")
            )
    looks = (
        "import os\n"
        f"for path in ('/home/{TEACHER}/course', '/home/{STUDENTS[0]}', '/srv/nbgrader'):\n"
        "    print('seen' if os.path.exists(path) else 'hidden', path)\n"
    )
    wrong = "def rank_by_value(offers, method, time_value=12.0):\n    return []\n"
    return {
        "right": right,
        "blank": {},
        "wrong": {"rank_by_value": wrong, "promise_fit": right["promise_fit"]},
        "nosy": right | {"rank_by_value": looks + right["rank_by_value"]},
    }[kind]


WRITE = """async (answers) => {
  const panel = window.jupyterapp.shell.currentWidget;
  for (const cell of panel.content.widgets) {
    const marks = cell.model.sharedModel.metadata.nbgrader;
    const own = marks && answers[marks.grade_id];
    if (own) cell.model.sharedModel.setSource(own);
  }
  await panel.context.save();
}"""
RUN_ALL = """async () => {
  const panel = window.jupyterapp.shell.currentWidget;
  await panel.sessionContext.ready;
  await window.jupyterapp.commands.execute('notebook:run-all-cells');
  await panel.context.save();
}"""
OPEN = "window.jupyterapp?.shell.currentWidget?.content?.widgets?.length > 5"


def hand_out(page: Page, hub: Hub) -> None:
    """Make and release the exercise in formgrader."""
    page.goto(f"{hub.address}/user/{TEACHER}/formgrader/manage_assignments")
    row = page.locator("tr", has=page.locator("td.name", has_text="03_value"))
    for button, word in ((".assign", "created the student version"), (".release", "released")):
        row.locator(f"{button} a").click()
        dialogue = page.locator("#success-modal")
        expect(dialogue).to_contain_text(word, timeout=PATIENCE)
        dialogue.get_by_text("OK", exact=True).click()
        expect(dialogue).to_be_hidden()


def open_list(page: Page) -> None:
    page.get_by_role("menuitem", name="Nbgrader").click()
    page.get_by_role("menuitem", name="Assignment List").click()


def fetch(page: Page) -> None:
    """Fetch the exercise from the list of assignments, and open its notebook there."""
    open_list(page)
    page.locator("#released_assignments_list button", has_text="Fetch").click()
    fetched = page.locator("#fetched_assignments_list")
    fetched.get_by_text("03_value").click()
    fetched.get_by_role("link", name="value", exact=True).click()
    page.wait_for_function(OPEN)


def work_with_hint_and_check(page: Page) -> None:
    """A wrong answer meets a check that teaches, and a hint opens; the answer is put right."""
    page.evaluate(WRITE, answers("wrong"))
    page.evaluate(RUN_ALL)
    hint = page.locator(".jp-OutputArea details").first
    hint.locator("summary").first.click()
    expect(hint).to_have_attribute("open", "")
    failed = page.locator(".jp-OutputArea-output", has_text="rank_by_value is not right yet").first
    expect(failed).to_contain_text("The best value comes first.")
    page.evaluate(WRITE, {"rank_by_value": answers("right")["rank_by_value"]})
    page.evaluate(RUN_ALL)
    kept = page.locator(".jp-OutputArea-output", has_text="Ratio and difference hold").first
    expect(kept).to_be_visible()


def press_submit(page: Page) -> None:
    """Press the button, and do not wait: others press theirs at the same time."""
    button = page.locator("#fetched_assignments_list button", has_text="Submit")
    button.evaluate("button => { button.click(); }")


def handed_in(page: Page, times: int) -> None:
    expect(page.locator("#submitted_assignments_list .nested_list_item")).to_have_count(
        times, timeout=PATIENCE
    )


def marks(hub: Hub) -> dict[str, float]:
    """Return the points of the class, by the teacher's own export."""
    hub.desk("classroom export 03_value --to csv --output marks.csv --provisional")
    path = hub.machine.root / "home" / TEACHER / "course" / "marks.csv"
    with path.open(encoding="utf-8", newline="") as stream:
        return {row["student_id"]: float(row["score"]) for row in csv.DictReader(stream)}


def refuse_the_curious(page: Page, hub: Hub) -> None:
    """A student in her own account sees neither solutions nor anybody else's work."""
    teacher, bob = f"/home/{TEACHER}", f"/home/{STUDENTS[1]}"
    inbound = "/srv/nbgrader/exchange/promise-path-people/inbound"
    solutions = (f"{teacher}/course/solutions", f"{teacher}/course", "/srv/course/solutions")
    for path in (*solutions, bob, f"{bob}/03_value"):
        hub.machine.run("alice", f"ls {path}", hub.variables, statuses=(2,))
    hub.machine.run("alice", f"ls {inbound}", hub.variables, statuses=(2,))
    names = [path.name for path in Path(f"{hub.machine.root}{inbound}").iterdir()]
    others = [name for name in names if not name.startswith("alice")]
    assert len(others) >= 4
    for name in others:
        hub.machine.run("alice", f"cat {inbound}/{name}/value.ipynb", hub.variables, statuses=(1,))
    released = hub.machine.run("alice", "cat 03_value/value.ipynb", hub.variables)
    assert "HIDDEN TESTS" not in released
    assert "BEGIN SOLUTION" not in released
    other = page.context.new_page()
    for place in ("user/bob/lab", f"user/{TEACHER}/formgrader/manage_assignments"):
        reply = other.goto(f"{hub.address}/{place}")
        assert reply is not None
        assert reply.status == 403, place
    reply = other.goto(f"{hub.address}/user/alice/formgrader/manage_assignments")
    assert reply is not None
    assert reply.status == 404
    other.close()


def give(page: Page, hub: Hub, student: str, marks_given: dict[str, str]) -> None:
    """Give points in formgrader to a student, reached as a teacher reaches them."""
    page.goto(f"{hub.address}/user/{TEACHER}/formgrader/manage_students/{student}/03_value")
    page.get_by_role("link", name="value", exact=True).click()
    # Points that are typed before the page has fetched the old ones are lost.
    page.locator("input.score[placeholder='0'], input.score[placeholder='2']").first.wait_for()
    for cell, points in marks_given.items():
        box = page.locator(f"input.score[id='{cell}']")
        box.fill(points)
        with page.expect_response("**/api/grade/**"):
            box.press("Tab")


def read_feedback(page: Page, hub: Hub, student: str) -> str:
    """Fetch the feedback from the list of assignments, open its page, and return its text."""
    open_list(page)
    page.locator("#refresh_assignments_list").click()
    page.locator("#submitted_assignments_list button", has_text="Fetch Feedback").click()
    page.locator("#submitted_assignments_list", has_text="(view feedback)").wait_for()
    home = hub.machine.root / "home" / student
    (path,) = (home / "03_value" / "feedback").rglob("value.html")
    own = page.context.new_page()
    own.set_default_timeout(PATIENCE)
    own.goto(f"{hub.address}/user/{student}/files/{path.relative_to(home)}")
    own.get_by_text("Value and the promise").first.wait_for()
    return own.locator("body").inner_text()


def test_a_class_goes_the_whole_way_on_a_hub(hub: Hub, browser: Browser) -> None:
    course = hub.machine.root / "home" / TEACHER / "course"
    teacher = hub.enter(browser, TEACHER)
    hand_out(teacher, hub)
    pages = {name: hub.enter(browser, name) for name in STUDENTS}
    for page in pages.values():
        fetch(page)

    # Five at once hand in what they have.
    work_with_hint_and_check(pages["alice"])
    for name, kind in WRITES.items():
        pages[name].evaluate(WRITE, answers(kind))
    for page in pages.values():
        open_list(page)
    for page in pages.values():
        press_submit(page)
    for page in pages.values():
        handed_in(page, 1)
    told = hub.desk("classroom collect exchange 03_value")
    assert "5 students: 5 new; 0 need a look" in told
    refuse_the_curious(pages["alice"], hub)

    # A second attempt counts.
    alice = pages["alice"]
    alice.get_by_role("tab", name="value.ipynb").click()
    alice.evaluate(WRITE, answers("right"))
    open_list(alice)
    press_submit(alice)
    handed_in(alice, 2)
    told = hub.desk("classroom collect exchange 03_value")
    assert "5 students: 1 newer, 4 unchanged" in told

    told = hub.desk("classroom grade 03_value")
    assert "sandbox: bubblewrap" in told
    assert "5 graded" in told
    graded = marks(hub)
    assert graded["alice"] == graded["chen"] == graded["emil"] == 27
    assert graded["dina"] == 0 < graded["bob"] < 27
    # Behind the walls not even the teacher's folder is seen, as which the work was run.
    shown = (course / "autograded" / "emil" / "03_value" / "value.ipynb").read_text("utf-8")
    assert shown.count("hidden /") == 3
    assert "seen /" not in shown

    # Marks that a person gave stay when all is graded again.
    give(teacher, hub, "alice", {"reflection": "3"})
    give(teacher, hub, "bob", {"rank_by_value-ties": "0.5", "reflection": "2"})
    by_hand = {**graded, "alice": graded["alice"] + 3, "bob": graded["bob"] + 2.5}
    assert marks(hub) == by_hand
    assert "5 graded" in hub.desk("classroom grade 03_value --force")
    assert marks(hub) == by_hand

    told = hub.desk("classroom feedback 03_value --release")
    assert "released to 5 students: alice, bob, chen, dina, emil" in told
    for name in ("alice", "bob"):
        assert f"(Score: {by_hand[name]} / 31.0)" in read_feedback(pages[name], hub, name)
    # The names of the pages in the exchange hold a secret, and nobody can list them.
    pages_out = "/srv/nbgrader/exchange/promise-path-people/feedback"
    hub.machine.run("alice", f"ls {pages_out}", hub.variables, statuses=(2,))
