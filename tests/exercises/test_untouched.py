"""An artefact in which nobody has changed a word says so, where it is made."""

import re
from pathlib import Path

import nbformat
import pytest

from servicedesign.advice import handed_out

SOLUTIONS = Path(__file__).resolve().parents[2] / "solutions"
ARTEFACTS = handed_out.artefacts()
# What is judged apart: two personas, the insights before them and the map after.
APART = {"personas_and_map": 4}


def told(name):
    """Return what the cell that keeps an artefact printed, as it is handed out."""
    for path in sorted(SOLUTIONS.glob("*/*.ipynb")):
        for cell in nbformat.read(path, 4).cells:
            if f'save_artefact("{name}"' in cell.source:
                return "\n".join(
                    output.get("text") or output.get("data", {}).get("text/plain", "")
                    for output in cell.outputs
                )
    raise LookupError(name)


@pytest.mark.parametrize("name", ARTEFACTS)
def test_what_is_handed_out_is_called_nobodys_work_yet(name):
    said = re.findall(r"Nothing in (?:this|the)\b[\w ]* is yours yet", told(name))
    assert len(said) == APART.get(name, 1)
