"""A chapter's front matter: read, checked against the schema and for alignment.

Every problem is reported at once, each with file, line, field and remedy.
"""

from __future__ import annotations

import difflib
import json
from collections.abc import Iterable
from functools import cache
from pathlib import Path
from typing import Any

import yaml
from jsonschema import Draft202012Validator, ValidationError

from studybook import alignment
from studybook.alignment import Problem, Route


class FrontMatterError(ValueError):
    """Raised with every problem of a chapter's front matter, one a line."""


class _Loader(yaml.SafeLoader):
    """YAML that leaves `3.10` alone: an objective's id is text, not a number."""


_Loader.yaml_implicit_resolvers = {
    first: [(tag, pattern) for tag, pattern in resolvers if tag != "tag:yaml.org,2002:float"]
    for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
}


@cache
def _validator() -> Draft202012Validator:
    schema = json.loads(Path(__file__).with_name("schema.json").read_text("utf-8"))
    Draft202012Validator.check_schema(schema)
    return Draft202012Validator(schema)


def _field(route: Route) -> str:
    """Return a route as an author writes it: `quiz[2].options[1].feedback`, counted from 1."""
    name = ""
    for step in route:
        name += f"[{step + 1}]" if isinstance(step, int) else f".{step}" if name else step
    return name or "the file"


def _line(node: yaml.Node | None, route: Route) -> int:
    """Return the line, counted from 1, at which the value at `route` starts."""
    line = 1
    for step in route:
        if isinstance(node, yaml.MappingNode):
            found = [(key, value) for key, value in node.value if key.value == step]
            if not found:
                break
            line, node = found[0][0].start_mark.line + 1, found[0][1]
        elif isinstance(node, yaml.SequenceNode) and isinstance(step, int):
            node = node.value[step]
            line = node.start_mark.line + 1
    return line


def _schema_problem(error: ValidationError) -> Problem:
    """Return where a schema error is, and what to do about it."""
    route: Route = tuple(error.absolute_path)
    schema = error.schema if isinstance(error.schema, dict) else {}
    remedy = schema.get("description", "")
    if error.validator == "required":
        name = error.message.split("'")[1]
        remedy = _describe((*route, name))
        return route, f"`{name}` is missing; add it" + (f": {remedy}" if remedy else "")
    if error.validator == "additionalProperties":
        known_names = list(schema.get("properties", {}))
        instance: dict[str, Any] = error.instance  # type: ignore[assignment]
        strange = [name for name in instance if name not in known_names]
        close = difflib.get_close_matches(str(strange[0]), known_names, 1)
        comma = "quote the text it belongs to, which holds a comma"
        hint = f"did you mean `{close[0]}`?" if close else f"known here: {', '.join(known_names)}"
        hint = comma if " " in str(strange[0]) else hint
        return (*route, strange[0]), f"`{strange[0]}` is not a field of this part; {hint}"
    if error.validator in ("minItems", "maxItems"):
        bound = "at least" if error.validator == "minItems" else "at most"
        count = len(error.instance)  # type: ignore[arg-type]
        message = f"has {count} items, needs {bound} {error.validator_value}"
        return route, message + (f": {remedy}" if remedy else "")
    if error.validator == "pattern" and error.validator_value == "\\S":
        return route, "is empty; write " + (_describe(route) or "it, or take the field out")
    return route, f"is {error.instance!r}; write {_describe(route) or remedy or error.message}"


def _describe(route: Route) -> str:
    """Return the schema's description of the field at `route`."""
    schema: dict[str, Any] = _validator().schema  # type: ignore[assignment]
    here = schema
    for step in route:
        below = here.get("items" if isinstance(step, int) else "properties", {})
        here = below if isinstance(step, int) else below.get(step, {})
        if set(here) == {"$ref"}:
            here = schema["$defs"][here["$ref"].rsplit("/", 1)[-1]]
    return str(here.get("description", ""))


def _numbers(data: dict[str, Any]) -> dict[str, Any]:
    """Turn the bounds of predictions, read as text (see `_Loader`), into numbers."""
    guesses = data.get("predictions")
    for guess in guesses if isinstance(guesses, list) else []:
        for bound in ("low", "high"):
            if isinstance(guess, dict) and isinstance(guess.get(bound), str):
                try:
                    guess[bound] = float(guess[bound])
                except ValueError:
                    continue
    return data


def problems(
    text: str, stem: str, works: Iterable[str] | None = None
) -> tuple[dict[str, Any], list[tuple[int, str]]]:
    """Return the data of a front matter and its problems as (line, message).

    Parameters
    ----------
    text
        The YAML.
    stem
        The file's name without ending, which must be the chapter's id.
    works
        Keys of the bibliography; None leaves citations unchecked.
    """
    try:
        node = yaml.compose(text, Loader=_Loader)
        data = yaml.load(text, Loader=_Loader)  # noqa: S506 - a SafeLoader, see above
    except yaml.YAMLError as error:
        mark = getattr(error, "problem_mark", None)
        line = mark.line + 1 if mark else 1
        what = getattr(error, "problem", None) or "cannot be read"
        return {}, [(line, f"is not YAML: {what}; quote the text if it holds `: ` or `#`")]
    if not isinstance(data, dict):
        return {}, [(1, "holds no fields; see schema.json of studybook for what it needs")]
    found = [_schema_problem(error) for error in _validator().iter_errors(_numbers(data))]
    if not found:
        found.extend(alignment.identity(data, stem))
        found.extend(alignment.objectives(data))
        found.extend(alignment.questions(data))
        found.extend(alignment.claims(data))
        found.extend(alignment.field(data))
        found.extend(alignment.citations(data, works) if works is not None else ())
    return data, sorted((_line(node, route), f"{_field(route)}: {said}") for route, said in found)


def read(file: Path, works: Iterable[str] | None = None) -> dict[str, Any]:
    """Return the checked front matter of a chapter.

    Parameters
    ----------
    file
        `NN_name.yml` beside the chapter's notebook.
    works
        Keys of the bibliography; None leaves citations unchecked.

    Raises
    ------
    FrontMatterError
        With every problem: file, line, field and remedy, one a line.
    FileNotFoundError
        If there is no such file.
    """
    stem = file.name.split(".")[0]
    data, found = problems(file.read_text("utf-8"), stem, works)
    if found:
        lines = [f"{file.name}, line {line}: {message}" for line, message in found]
        raise FrontMatterError("\n".join(lines))
    return data
