"""The main road reads whole without statistics; what counts stands in boxes that fold."""

import re
from pathlib import Path

import pytest

from studybook import minutes

ROOT = Path(__file__).resolve().parents[2]

# Words that only somebody who counts needs.  The names of methods, not those of ideas.
STATISTICS = [
    "log-likelihood", "logarithm", "geometric mean", "standard error", "p-value", "Holm",
    "Cronbach", "alpha", "Mantel", "odds", "leave one out", "square the misses", "Fisher",
    "least squares", "Erlang", "standard deviation of service", "generalised cost", "square root",
]  # fmt: skip

# Words of the main road before the boxes came, and since then of those that were new.  The first
# number is of all that stands in no folded box, the second of what stands in no box at all.
BEFORE = {
    "01_service_logic": (3087, 2333), "02_listening": (2983, 2253), "03_value": (3248, 2291),
    "04_priorities": (3033, 2173), "05_journey": (3203, 2218), "06_blueprint": (3233, 2356),
    "07_expectations": (3264, 2210), "08_meaning": (3241, 2218), "rehearsal": (2063, 1405),
    "09_loyalty": (3057, 2130), "10_capstone": (2578, 2041),
}  # fmt: skip


def road(chapter):
    """Return the lines of the main road with the ids of their cells."""
    for name, source in chapter.markdown:
        for line in minutes.open_lines(source):
            yield name, line


@pytest.mark.parametrize("word", STATISTICS)
def test_a_method_of_statistics_stands_in_a_folded_box(chapter, word):
    for name, line in road(chapter):
        bare = re.sub(r"\{cite:[pt]\}`[^`]*`", "", line)
        assert not re.search(rf"\b{word}", bare, re.IGNORECASE), f"cell {name!r}: {line}"


def words(lines):
    """Return how many words the lines hold."""
    return sum(len(re.findall(r"[^\W\d_]+(?:['’][^\W\d_]+)*", line)) for line in lines)


def test_no_main_road_has_grown_longer(chapter):
    assert words(line for _, line in road(chapter)) <= BEFORE[chapter.name][0]


def test_no_chapter_says_more_outside_its_boxes(chapter):
    # Roles and targets of links are no words that a reader reads.
    lines = (line for _, source in chapter.bare_markdown for line in source.splitlines())
    assert words(line for line in lines if not line.startswith(">")) <= BEFORE[chapter.name][1]


# What each Greek letter means, once for the whole course; Latin letters hold in their own box.
LETTERS = {
    "rho": "how well low and high, or one side and the other, stand in for each other",
    "theta": "the weight of the house's hours",
    "mu": "choice noise",
    "kappa": "the weight of the peak",
    "lambda": "how many times something bad counts",
    "alpha": "how fast an expectation learns",
    "beta": "what satisfaction follows, and by how much",
    "gamma": "what a promise adds to an expectation",
    "delta": "a lasting surprise",
}
HOMES = {
    "rho": {"01_service_logic", "05_journey"},
    "theta": {"01_service_logic"},
    "mu": {"03_value"},
    "kappa": {"05_journey"},
    "lambda": {"05_journey", "07_expectations"},
    "alpha": {"07_expectations"},
    "beta": {"07_expectations"},
    "gamma": {"07_expectations"},
    "delta": {"07_expectations"},
}
GREEK = dict(zip("ρθμκλαβγδ", HOMES, strict=True))


def shown(chapter):
    """Return what the outputs of a chapter show, captions and axes of its figures too."""
    for cell in chapter.notebook.cells:
        for output in cell.get("outputs", []):
            yield from (text for text in output.get("data", {}).values() if isinstance(text, str))


def test_a_greek_letter_means_one_thing_in_the_course(chapter):
    assert set(LETTERS) == set(HOMES)
    written = "\n".join(source for _, source in chapter.markdown)
    written += "\n".join(text for _, text in chapter.front_texts)
    written += "\n".join(shown(chapter))
    used = set(re.findall(r"\\([a-z]+)", "".join(re.findall(r"\$[^$]+\$", written)))) & set(HOMES)
    used |= {name for letter, name in GREEK.items() if letter in written}
    for name in used:
        # Chapter 8 names the letter of chapter 7 to say that a name is not meant.
        if (chapter.name, name) != ("08_meaning", "alpha"):
            assert chapter.name in HOMES[name], f"{name} means: {LETTERS[name]}"


def test_a_difference_of_percentages_is_counted_in_percentage_points(chapter):
    for name, line in road(chapter):
        assert "points of a hundred" not in line, f"cell {name!r}: {line}"
        for found in re.finditer(r"\{eval\}`(\w*(?:gap|bias|diff|lost|drawn))` ([\w ]+)", line):
            if found[1] in ("weighted_gap", "plain_gap", "rare_gap"):
                continue  # gaps of marks, not of shares
            assert not found[2].startswith("points"), f"cell {name!r}: {line}"


INVENTED = "Hillasoppi, its people and its numbers are invented."


def test_the_case_is_called_invented_in_one_wording(chapter):
    # The first chapter says what the name means, and the fourth means its answers as well.
    if chapter.name not in ("01_service_logic", "04_priorities"):
        assert INVENTED in [line for _, line in road(chapter)]


def test_a_chapter_ends_with_what_to_keep_for_the_next(chapter):
    # The first has its keeping in the exercise, and nothing follows the last.
    if chapter.name not in ("01_service_logic", "10_capstone"):
        assert [line for _, line in road(chapter) if line.startswith("Keep your ")]


def test_no_output_tells_of_fewer_than_five_people(chapter):
    few = re.compile(r"\b[1-4]\)? (guests|people|workers|cases)\b|\((?:n = )?[1-4] guests\)")
    for cell in chapter.notebook.cells:
        for output in cell.get("outputs", []):
            text = output.get("text", "") + str(output.get("data", {}).get("text/plain", ""))
            if not text.startswith("Explorable"):
                assert not few.search(text), f"cell {cell.id!r}: {few.search(text)}"
