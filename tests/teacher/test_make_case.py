"""The shipped tables are the ones the generator makes, and the truth stays with the teacher."""

import csv
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]
MAKE = ROOT / "teacher" / "make_case.py"
SHIPPED = ROOT / "src" / "servicedesign" / "data" / "case"


def run(*args: str, script: Path = MAKE) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, str(script), *args], capture_output=True, text=True, check=False
    )


def test_every_shipped_table_is_made_again_byte_for_byte() -> None:
    done = run("--check")
    assert done.returncode == 0, done.stdout + done.stderr


def test_a_changed_cell_is_noticed(tmp_path: Path) -> None:
    import shutil

    shutil.copytree(ROOT / "teacher", tmp_path / "teacher")
    shutil.copytree(SHIPPED, tmp_path / "src" / "servicedesign" / "data" / "case")
    table = tmp_path / "src" / "servicedesign" / "data" / "case" / "beliefs.csv"
    table.write_bytes(table.read_bytes().replace(b"0.95", b"0.96", 1))
    done = run("--check", script=tmp_path / "teacher" / "make_case.py")
    assert done.returncode == 1
    assert "differs: beliefs.csv" in done.stdout


def test_the_frame_stays_in_the_teachers_room() -> None:
    assert (ROOT / "teacher" / "frame.csv").is_file()
    assert not (SHIPPED / "frame.csv").exists()


@pytest.mark.parametrize("path", sorted(SHIPPED.glob("*.csv")), ids=lambda path: path.stem)
def test_no_shipped_table_tells_a_truth_that_no_survey_knows(path: Path) -> None:
    with path.open(newline="", encoding="utf-8") as file:
        columns = set(next(csv.reader(file)))
    assert not columns & {"invited", "responded", "_truth_sat"}


def test_the_survey_is_the_part_of_the_frame_that_answered() -> None:
    with (ROOT / "teacher" / "frame.csv").open(newline="", encoding="utf-8") as file:
        frame = list(csv.DictReader(file))
    with (SHIPPED / "survey.csv").open(newline="", encoding="utf-8") as file:
        survey = list(csv.DictReader(file))
    assert len(frame) == 600
    assert sum(row["invited"] == "1" for row in frame) == 316
    answered = [row["customer_id"] for row in frame if row["responded"] == "1"]
    assert answered == [row["customer_id"] for row in survey]
    assert len(answered) == 143


def nps(scores: list[int]) -> float:
    promoters = sum(score >= 9 for score in scores)
    detractors = sum(score <= 6 for score in scores)
    return 100 * (promoters - detractors) / len(scores)


def test_those_who_answer_are_happier_than_those_who_were_asked() -> None:
    with (ROOT / "teacher" / "frame.csv").open(newline="", encoding="utf-8") as file:
        frame = list(csv.DictReader(file))
    everyone = [int(row["nps_0_10"]) for row in frame]
    invited = [int(row["nps_0_10"]) for row in frame if row["invited"] == "1"]
    answered = [int(row["nps_0_10"]) for row in frame if row["responded"] == "1"]
    assert [round(nps(scores), 1) for scores in (everyone, invited, answered)] == [7.0, 3.8, 9.8]
