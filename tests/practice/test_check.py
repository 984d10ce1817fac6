"""A failing check says what was called, what came back, what was expected, and why."""

from __future__ import annotations

import functools
import sys
import threading
import types
from random import Random

import pytest

import practice
from practice import CheckFailed

HINTS = {"double": ["Add.", "To what?", "To itself."], "half": ["Take.", "From.", "Away."]}


def _square(number):
    return number**2


MISTAKES = {
    "double": [
        {
            "id": "square",
            "idea": "the number is multiplied by itself",
            "question": "What is twice three?",
            "wrong": _square,
            "inputs": lambda random: (random.randint(3, 99),),
        }
    ]
}


@pytest.fixture
def library():
    """A course library with one model, one module deep."""
    package, module = types.ModuleType("toycourse"), types.ModuleType("toycourse.models")
    package.__path__ = ["/nowhere/toycourse"]
    exec("def model(number):\n    return 2 * number\n", module.__dict__)
    package.models = module
    sys.modules |= {"toycourse": package, "toycourse.models": module}
    yield module
    del sys.modules["toycourse"], sys.modules["toycourse.models"]


@pytest.fixture
def check(library):
    return practice.begin(HINTS, MISTAKES, library="toycourse")[1]


def told(act) -> str:
    with pytest.raises(AssertionError) as caught:
        act()
    assert type(caught.value) is CheckFailed
    return " ".join(str(caught.value).split())


def double(number):
    return number + number


def test_a_check_that_holds_says_nothing(check, capsys):
    assert check(double, 4).returns(8) is None
    assert check(double, number=4).returns(8.0) is None
    check(double, [1]).leaves_no_trace()
    assert capsys.readouterr() == ("", "")


def test_a_failure_tells_call_answer_and_expectation(check):
    def double(number, plus=0):
        return number + plus

    text = told(lambda: check(double, 4, plus=1).returns(8, rule="Twice is twice."))
    assert "double is not right yet." in text
    assert "Called double(4, plus=1)" in text
    assert "Came back 5" in text
    assert "Expected 8" in text
    assert "The rule Twice is twice." in text
    assert "comes out if" not in text
    assert "Look at" not in text


def test_a_known_wrong_idea_is_named_with_its_question_only_if_it_explains_all(check):
    def double(number):
        return number**2

    assert "This is what comes out if the number is multiplied by itself. What is twice three?" in (
        told(lambda: check(double, 3).returns(6))
    )

    def double(number):  # noqa: F811, nine by another road
        return 9

    assert "comes out if" not in told(lambda: check(double, 3).returns(6))


def test_a_wrong_idea_is_not_sought_where_the_learner_has_yet_to_write(check):
    def double(number):
        if number > 3:
            raise NotImplementedError
        return number**2

    assert "comes out if" not in told(lambda: check(double, 3).returns(6))


def test_the_stub_passes_through_unchanged(check):
    stub = NotImplementedError("Write your code here.")

    def double(number):
        raise stub

    for act in (
        lambda: check(double, 1).returns(2),
        lambda: check(double, 1).raises(ValueError),
        lambda: check(double, 1)["key"].returns(2),
        lambda: check(double, 1).leaves_no_trace(),
    ):
        with pytest.raises(NotImplementedError) as caught:
            act()
        assert caught.value is stub


def test_an_error_is_told_with_the_learners_own_line(check):
    names: dict = {}
    source = "def double(number):\n    return nmber * 2\n"
    exec(compile(source, "a cell", "exec"), names)
    text = told(lambda: check(names["double"], 1).returns(2))
    assert "Ended with NameError: name 'nmber' is not defined" in text

    text = told(lambda: check(sys.exit, 3).returns(2))
    assert "Ended with SystemExit: 3" in text


def test_the_line_that_raised_is_the_learners_and_not_ours(check):
    def double(number):
        return [number][number]  # beyond

    text = told(lambda: check(double, 7).returns(14))
    assert "IndexError: list index out of range" in text
    assert "return [number][number]" in text


def test_an_expected_error_must_come_and_name_the_culprit(check):
    def double(number):
        if number < 0:
            raise ValueError(f"{number} is below zero")
        if number > 9:
            raise KeyError(number)
        return number

    check(double, -1).raises(ValueError, mentions="-1")
    check(double, -1).raises(ValueError)
    assert "Expected ValueError with a message that names 'minus'" in told(
        lambda: check(double, -1).raises(ValueError, mentions="minus")
    )
    assert "Came back 3" in told(lambda: check(double, 3).raises(ValueError))
    assert "Ended with KeyError: 10" in told(lambda: check(double, 10).raises(ValueError))


@pytest.mark.parametrize(
    ("said", "word", "named"),
    [
        ("mu must be above 0", "mu", True),
        ("lam must be above 0", "mu", False),
        ("mu=0", "mu", True),
        ("not from 1 to 10", "0", False),
        ("got 0, not from 1 to 10", "0", True),
        ("got -3.", "-3", True),
        ("n1 is 0", "n1", True),
        ("r_pos is 2", "r_", True),
        ("the weights", "weight", True),
    ],
)
def test_a_short_word_is_named_only_where_it_stands_by_itself(check, said, word, named):
    def double(number):
        raise ValueError(said)

    judged = check(double, 1)
    if named:
        judged.raises(ValueError, mentions=word)
    else:
        assert f"Expected ValueError with a message that names '{word}'" in told(
            lambda: judged.raises(ValueError, mentions=word)
        )


def test_nothing_returned_asks_for_a_return(check):
    def double(number):
        number * 2

    assert "without return gives None" in told(lambda: check(double, 1).returns(2))


def test_a_part_of_what_comes_back_can_be_judged_alone(check):
    def double(number):
        return {"twice": 2 * number, "thrice": None}

    check(double, 3)["twice"].returns(6)
    assert "double(3)['thrice']" in told(lambda: check(double, 3)["thrice"].returns(9))
    assert "the key 'once' is missing" in told(lambda: check(double, 3)["once"].returns(3))
    assert "cannot be asked for 'twice'" in told(lambda: check(abs, 3)["twice"].returns(6))
    assert "there is no place 3" in told(lambda: check(list, "ab")[2].returns("c"))


@pytest.mark.parametrize(("place", "told"), [(-1, "1, counted from the end"), (0, "1"), (2, "3")])
def test_a_place_that_an_empty_list_lacks_is_told(check, place, told):
    with pytest.raises(CheckFailed, match=f"there is no place {told}"):
        check(lambda _: [], [3])[place].returns(3)


def test_places_are_counted_from_either_end(check):
    check(lambda _: [1, 2, 3], 0)[-1].returns(3)
    check(lambda _: (1, 2, 3), 0)[-3].returns(1)
    with pytest.raises(CheckFailed, match="there is no place 4, counted from the end"):
        check(lambda _: [1, 2, 3], 0)[-4].returns(3)


def test_each_call_gets_its_own_copy_and_a_changed_argument_is_told(check):
    def double(numbers):
        numbers.sort()
        return numbers * 2

    numbers = [2, 1]
    check(double, numbers).returns([1, 2, 1, 2])
    assert numbers == [2, 1]
    text = told(lambda: check(double, numbers).leaves_no_trace())
    assert "an argument is not what it was" in text


def test_printing_is_told_but_only_where_it_is_asked_about(check, capsys):
    def double(number):
        print("debug", number)
        print("more", file=sys.stderr)
        return 2 * number

    check(double, 2).returns(4)
    out, err = capsys.readouterr()
    assert out == "debug 2\nmore\n"
    assert err == "", "nbgrader gives no points once something stands on standard error"
    assert "it printed 'debug 2" in told(lambda: check(double, 2).leaves_no_trace())


def test_an_answer_that_depends_on_earlier_calls_is_told(check):
    seen: list[int] = []

    def double(number):
        seen.append(number)
        return len(seen)

    assert "the same answer when called again" in told(lambda: check(double, 2).leaves_no_trace())


def test_a_name_used_for_something_else_is_told(check):
    assert "5 and not a function" in told(lambda: check(5, 1).returns(2))


def in_thread(model):
    def double(number):
        answers: list[int] = []
        worker = threading.Thread(target=lambda: answers.append(model(number)))
        worker.start()
        worker.join()
        return answers[0]

    return double


BORROWED = {
    "alias": lambda library: library.model,
    "partial": lambda library: functools.partial(library.model),
    "getattr": lambda library: getattr(library, "mo" + "del"),
    "import": lambda _library: __import__("toycourse").models.model,
    "map": lambda library: lambda number: next(map(library.model, [number])),
    "method": lambda library: types.MethodType(lambda _self, number: library.model(number), 1),
    "other globals": lambda library: types.FunctionType(
        library.model.__code__.replace(co_filename="/nowhere/toycourse/models.py"), {}
    ),
    "thread": lambda library: in_thread(library.model),
}


@pytest.mark.parametrize("road", BORROWED)
def test_the_librarys_work_is_noticed_by_whatever_road(road, check, library):
    text = told(lambda: check(BORROWED[road](library), 4).returns(8))
    assert "lets the course library do the work." in text
    assert "toycourse" in text


def test_watching_leaves_other_watchers_in_place(check):
    def watcher(frame, event, argument):
        return None

    sys.setprofile(watcher)
    try:
        check(double, 1).returns(2)
        assert sys.getprofile() is watcher
    finally:
        sys.setprofile(None)


def test_a_partial_is_called_by_its_name_in_the_notebook(check):
    names = {"check": check, "double": functools.partial(pow, 2)}
    with pytest.raises(CheckFailed, match=r"^double is not right yet"):
        exec("check(double, 5).returns(10)", names)


def test_a_notebook_shows_the_text_and_no_traceback(check):
    with pytest.raises(CheckFailed) as caught:
        check(abs, -1).returns(2)
    lines = caught.value._render_traceback_()
    assert "\x1b[1mabs is not right yet.\x1b[0m" in lines[0]
    assert not any("Traceback" in line or ".py" in line for line in lines)
    assert max(map(len, lines[1:])) <= 97


def test_texts_appear_in_the_language_in_use(check):
    practice.language.use({"{name} is not right yet.": "{name} ei ole vielä oikein."})
    try:
        assert "abs ei ole vielä oikein." in told(lambda: check(abs, -1).returns(2))
    finally:
        practice.language.use({})


@pytest.mark.parametrize("key", ["id", "idea", "question", "wrong", "inputs"])
def test_an_incomplete_mistake_is_refused(key):
    broken = {name: value for name, value in MISTAKES["double"][0].items() if name != key}
    with pytest.raises(ValueError, match=f"a mistake of double lacks {key}"):
        practice.begin(HINTS, {"double": [broken]}, library="")
    with pytest.raises(ValueError, match="two mistakes with the id 'square'"):
        practice.begin(HINTS, {"double": MISTAKES["double"] * 2}, library="")


def test_a_mistake_found_by_searching_is_recognised_within_its_closeness(library):
    # Whoever searches for twice the square stops a little beside it.
    def near(number):
        return number**2 + 0.004

    for within, named in ((0.005, True), (0.003, False), (None, False)):
        mistake = dict(MISTAKES["double"][0])
        if within is not None:
            mistake["within"] = within
        check = practice.begin(HINTS, {"double": [mistake]}, library="toycourse")[1]
        names = {"check": check, "double": near}
        text = told(lambda names=names: exec("check(double, 5).returns(10, within=0.005)", names))
        assert ("the number is multiplied by itself" in text) == named


def test_generated_inputs_are_the_same_each_time():
    from practice.mistakes import trials

    mistake = MISTAKES["double"][0]
    assert list(trials(mistake)) == list(trials(mistake))
    assert len(set(trials(mistake))) > 6
    assert isinstance(mistake["inputs"](Random(0)), tuple)


def test_a_long_table_is_told_one_row_a_line(check):
    rows = [{"name": f"offer {number}", "benefit": number, "price": 10.5} for number in range(9)]

    def best(rows, method):
        return len(rows), method

    with pytest.raises(CheckFailed) as caught:
        check(best, rows, method="net").returns(2)
    lines = str(caught.value).splitlines()
    start = next(number for number, line in enumerate(lines) if line.startswith("Called"))
    assert lines[start + 1].strip() == "[{'name': 'offer 0', 'benefit': 0, 'price': 10.5},"
    assert lines[start + 3].strip() == "… 7 more],"
    assert lines[start + 4].strip() == "method='net',"
    assert lines[start + 5].strip() == ")"


def test_tolerance_is_told_in_plain_decimals(check):
    assert "Expected 2.5 (to nine decimals)" in told(lambda: check(abs, 1).returns(2.5))
    assert "(give or take 0.00005)" in told(lambda: check(abs, 1).returns(2.5, within=0.00005))
    assert "(" not in told(lambda: check(abs, 1).returns(2)).replace("abs(1)", "")
