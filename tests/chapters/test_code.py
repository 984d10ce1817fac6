"""The code that stands open on a page uses what the half page of Python explains."""

import ast
import re
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
PAGE = ROOT / "book" / "reference" / "python.md"
FOLDING = {"remove-input", "remove-cell", "hide-input", "hide-cell"}

# What the page explains, as Python's own names for it.
GRAMMAR = {
    "Module", "Expr", "Assign", "AugAssign", "For", "If", "FunctionDef", "Return", "ImportFrom",
    "arguments", "arg", "alias", "Name", "Load", "Store", "Constant", "List", "Dict", "Tuple",
    "Subscript", "Slice", "Attribute", "Call", "keyword", "BinOp", "UnaryOp", "BoolOp", "Compare",
    "Add", "Sub", "Mult", "Div", "Pow", "Mod", "USub", "And", "Or", "Not", "Eq", "NotEq", "Lt",
    "LtE", "Gt", "GtE", "In", "NotIn", "ListComp", "comprehension", "JoinedStr", "FormattedValue",
}  # fmt: skip
BUILT_IN = {
    "sum", "len", "min", "max", "round", "sorted", "range", "print", "zip", "list", "dict",
}  # fmt: skip
METHODS = {"append", "items", "join", "load", "document", "get"}


def open_code(chapter):
    """Yield the code cells that stand open on the page."""
    for cell in chapter.notebook.cells:
        if cell.cell_type == "code" and not FOLDING & set(cell.metadata.get("tags", [])):
            yield cell.id, cell.source


def strange(source):
    """Return what a piece of code uses that the page does not explain."""
    tree = ast.parse(source)
    found = {type(node).__name__ for node in ast.walk(tree)} - GRAMMAR
    for node in ast.walk(tree):
        if isinstance(node, ast.Slice) and (node.step or (node.lower and node.upper)):
            found.add("a slice with two ends")
        if isinstance(node, ast.ListComp) and len(node.generators) > 1:
            found.add("a list made from two lists")
        if isinstance(node, ast.comprehension) and len(node.ifs) > 1:
            found.add("two conditions")
        if isinstance(node, ast.FormattedValue) and node.format_spec:
            written = "".join(
                part.value for part in node.format_spec.values if isinstance(part, ast.Constant)
            )
            if not re.fullmatch(r"[+]?<?>?\d*(\.\d+)?[fdx]?|[+<>]?\d*(\.\d[f%])?", written):
                found.add(f"the format {written}")
        if isinstance(node, ast.Dict) and None in node.keys:
            found.add("a dict poured into another")
    return found


def test_open_code_keeps_to_the_half_page_of_python(chapter):
    for name, source in open_code(chapter):
        assert not strange(source), f"cell {name!r} uses {sorted(strange(source))}; fold it"


def test_the_page_names_the_functions_that_open_code_uses(chapter):
    page = PAGE.read_text("utf-8")
    builtin = set(dir(__builtins__)) if not isinstance(__builtins__, dict) else set(__builtins__)
    for name, source in open_code(chapter):
        for node in ast.walk(ast.parse(source)):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name):
                called = node.func.id
                assert called not in builtin or f"`{called}`" in page, f"cell {name!r}: {called}"


def test_the_first_chapter_links_the_page(chapter):
    if chapter.name == "01_service_logic":
        assert "(../reference/python.md)" in chapter.notebook.cells[5].source


def test_what_the_page_does_not_explain_is_noticed():
    assert strange("a = {**b, 'c': 1}") == {"a dict poured into another"}
    assert strange("a = b if c else d") == {"IfExp"}
    assert strange("a = [*b, c]") == {"Starred"}
    assert strange("print(f'{x:.1f}')") == set()


COLUMNS = 43  # of a phone's width


def test_an_output_in_columns_is_no_wider_than_a_phone(chapter):
    for cell in chapter.notebook.cells:
        for output in cell.get("outputs", []):
            for line in output.get("text", "").splitlines():
                # What follows the last gap may wrap if it is a sentence; a row of cells may not.
                cells = re.split(r" {2,}", line.strip())
                if len(cells) > 2 and len(cells[-1].split()) < 4:
                    assert len(line) <= COLUMNS, f"cell {cell.id!r}: {line}"


def test_a_number_is_not_hidden_alone_where_the_total_gives_it_away(chapter):
    for cell in chapter.notebook.cells:
        for output in cell.get("outputs", []):
            assert output.get("text", "").count("hidden") != 1, f"cell {cell.id!r}"
