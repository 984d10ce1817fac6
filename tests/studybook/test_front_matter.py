"""Front matter: every fault is told with file, line, field and remedy."""

from __future__ import annotations

import pytest

from studybook import front_matter

from .toy import dump, front

WORKS = ["zeithaml1988", "stickdorn2018"]


def told(data: object, stem: str = "03_value") -> str:
    """Return what is wrong with front matter, one problem a line."""
    text = data if isinstance(data, str) else dump(data)
    return "\n".join(message for _, message in front_matter.problems(text, stem, WORKS)[1])


def test_front_matter_without_fault_has_no_problem():
    assert told(front()) == ""


def _no_right_answer(data):
    for option in data["quiz"][1]["options"]:
        option["right"] = False


FAULTS = {
    "a missing objective text": (
        lambda data: data["objectives"][1].pop("text"),
        "objectives[2]: `text` is missing; add it: what is done",
    ),
    "too few objectives": (
        lambda data: data["objectives"].pop(),
        "objectives: has 2 items, needs at least 3",
    ),
    "a missing part": (lambda data: data.pop("reflection"), "`reflection` is missing; add it"),
    "a misspelt field": (
        lambda data: data.update(key_point=["x"]),
        "`key_point` is not a field of this part; did you mean `key_points`?",
    ),
    "an empty feedback": (
        lambda data: data["quiz"][0]["options"][1].update(feedback=" "),
        "quiz[1].options[2].feedback: is empty; write one sentence: why it is right",
    ),
    "a missing feedback": (
        lambda data: data["quiz"][0]["options"][1].pop("feedback"),
        "quiz[1].options[2]: `feedback` is missing; add it: one sentence",
    ),
    "a quiz question without a right answer": (
        _no_right_answer,
        "quiz[2].options: no option of 'two' is right; mark one with `right: true`",
    ),
    "an option twice": (
        lambda data: data["quiz"][0]["options"][1].update(text="this"),
        "quiz[1].options: offers 'this' twice; reword one",
    ),
    "an unknown verdict": (
        lambda data: data["claims"][0].update(verdict="true"),
        "claims[1].verdict: is 'true'; write supported, qualified, contradicted, value or",
    ),
    "an objective not taught": (
        lambda data: data["sections"][0].update(objectives=["3.1", "3.2"]),
        "objective '3.3' is not taught; name it in the objectives of a section",
    ),
    "an objective assessed but not taught": (
        lambda data: data["sections"][0].update(objectives=["3.1", "3.2"]),
        "reflection.objectives: assesses objective '3.3', which no section teaches",
    ),
    "an objective not practised": (
        lambda data: data["quiz"][2].update(objectives=["3.1"]),
        "objective '3.3' is not practised or assessed; give it a quiz question or an exercise",
    ),
    "an unknown objective": (
        lambda data: data["exercises"][0].update(objectives=["3.9"]),
        "exercises[1].objectives: names objective '3.9', which this chapter has not; use one of",
    ),
    "an unknown work in a claim": (
        lambda data: data["claims"][0].update(evidence="See [@zeithaml1989]."),
        "cites 'zeithaml1989', which the bibliography has not; did you mean 'zeithaml1988'?",
    ),
    "an unknown work to read on": (
        lambda data: data["read_on"][0].update(key="nobody"),
        "read_on[1].key: cites 'nobody', which the bibliography has not; add it to",
    ),
    "another chapter's id": (
        lambda data: data.update(id="04_value"),
        "id: is '04_value' but the file is 03_value.yml; make them the same",
    ),
    "another chapter's number": (
        lambda data: data.update(number=4),
        "number: is 4 but the file is 03_value.yml; make them agree",
    ),
    "a number left out": (
        lambda data: data.pop("number"),
        "id: is 03_value, which begins with a number, but `number` is missing; add it",
    ),
    "an id twice": (
        lambda data: data["quiz"][1].update(id="one"),
        "quiz: has the id 'one' twice; give each its own",
    ),
    "a number to predict without a range": (
        lambda data: data["predictions"][0].pop("high"),
        "predictions[1]: `high` is missing; add it: highest sensible number",
    ),
    "an impossible range": (
        lambda data: data["predictions"][0].update(low=300),
        "predictions[1].low: is 300, not below high 200; widen the range",
    ),
    "a seventh claim on the page": (
        lambda data: data.update(
            claims=[{**data["claims"][0], "id": f"E{number}"} for number in range(1, 8)]
        ),
        "claims: shows 7, and 6 is what a reader takes in; give the others `aside: true`",
    ),
    "a claim pointed to that stands here": (
        lambda data: data.update(claims_elsewhere=[{"id": "E9", "chapter": "02_listening"}]),
        "claims_elsewhere[1]: names 'E9', which this chapter tries itself; take the line out",
    ),
    "a field task that takes too long": (
        lambda data: data["field"]["steps"][0].update(minutes=60),
        "field.steps: take 95 minutes together; a field task takes 45 to 90",
    ),
    "a field task that takes no time": (
        lambda data: data["field"]["steps"][1].update(minutes=5),
        "field.steps: take 30 minutes together; a field task takes 45 to 90",
    ),
    "a field task for another section": (
        lambda data: data["field"].update(uses=["Give and take"]),
        "field.uses[1]: is 'Give and take', which is no section of this chapter; did you mean",
    ),
    "a field task with four rows": (
        lambda data: data["field"]["rubric"].pop(),
        "field.rubric: has 4 items, needs at least 5: five rows",
    ),
    "a field task without a way alone": (
        lambda data: data["field"].pop("alone"),
        "field: `alone` is missing; add it: a way for those who cannot approach strangers",
    ),
    "a rubric of three levels": (
        lambda data: data["reflection"]["rubric"].pop(),
        "reflection.rubric: has 3 items, needs at least 4: four levels, the weakest first",
    ),
}


def test_an_interlude_has_no_number_and_numbers_its_objectives_by_its_letter():
    data = front()
    del data["number"]
    data["id"] = "rehearsal"
    assert "number the objectives R.1, R.2, ..." in told(data, "rehearsal")
    assert told(dump(data).replace("'3.", "'R."), "rehearsal") == ""


@pytest.mark.parametrize("fault", FAULTS)
def test_a_fault_is_told_with_field_and_remedy(fault):
    spoil, message = FAULTS[fault]
    data = front()
    spoil(data)
    assert message in told(data)


def test_every_problem_is_told_at_once_with_its_line(tmp_path):
    data = front()
    data["quiz"][3]["options"][0]["right"] = False
    data["sections"][0]["objectives"] = ["3.1", "3.2"]
    file = tmp_path / "03_value.yml"
    file.write_text(dump(data), "utf-8")
    with pytest.raises(front_matter.FrontMatterError) as caught:
        front_matter.read(file)
    lines = str(caught.value).splitlines()
    assert len(lines) == 4
    for line in lines:
        number = int(line.removeprefix("03_value.yml, line ").split(":")[0])
        field = line.split(": ")[1].split("[")[0].split(".")[0]
        block = file.read_text("utf-8").splitlines()[:number]
        assert [text for text in block if text.startswith(f"{field}:")]


def test_yaml_that_cannot_be_read_says_where_and_what_to_do():
    assert "is not YAML" in told("title: one: two\n")
    assert "quote the text" in told("title: one: two\n")


def test_a_comma_that_splits_a_text_is_explained():
    text = dump(front()).replace("practice: State the rule.", "practice: State the rule.\n  a b: c")
    assert "quote the text it belongs to, which holds a comma" in told(text)


def test_an_objective_may_be_numbered_ten():
    data, _ = front_matter.problems("objectives:\n- {id: 3.10, verb: a, text: b}\n", "03_value")
    assert data["objectives"][0]["id"] == "3.10"
