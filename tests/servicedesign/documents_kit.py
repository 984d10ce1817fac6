"""What the tests of both formats share: junk, and ways to spoil a sound document."""

import copy
import json
from importlib import resources

from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from servicedesign import datasets

JUNK = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=True)
    | st.text(max_size=8)
    | st.sampled_from(["before", "observed", "brand", "a", "\ud800", "\x00", 10**400]),
    lambda children: (
        st.lists(children, max_size=4)
        | st.dictionaries(
            st.text(max_size=8)
            | st.sampled_from(["id", "phase", "phases", "touchpoints", "items", "stages", "en"]),
            children,
            max_size=5,
        )
    ),
    max_leaves=12,
)


def validator(name: str) -> Draft202012Validator:
    text = resources.files("servicedesign").joinpath(f"schemas/{name}.schema.json").read_text()
    schema = json.loads(text)
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def places(value, path=()):
    """Every place in a document: the path to each value."""
    yield path
    if isinstance(value, dict):
        for key in value:
            yield from places(value[key], (*path, key))
    elif isinstance(value, list):
        for index, entry in enumerate(value):
            yield from places(entry, (*path, index))


def changed(document, path, new):
    """The document with one value replaced, or dropped if ``new`` is `places`."""
    if not path:
        return new
    made = copy.deepcopy(document)
    holder = made
    for key in path[:-1]:
        holder = holder[key]
    if new is places:
        del holder[path[-1]]
    else:
        holder[path[-1]] = new
    return made


@st.composite
def spoilt(draw, name: str):
    """A document of the case with one value dropped or turned to junk."""
    document = datasets.document(name)
    path = draw(st.sampled_from(list(places(document))))
    return changed(document, path, draw(JUNK | st.just(places)) if path else draw(JUNK))


def errors(findings):
    return [finding for finding in findings if finding.level == "error"]
