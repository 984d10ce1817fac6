"""A map is the same picture in the notebook and on the page, byte for byte."""

import json
import subprocess
import sys
from pathlib import Path

from servicedesign import datasets

HERE = Path(__file__).parent
SRC = HERE.parents[1] / "src"

SCRIPT = """
import json
from servicedesign.blueprints import map as blueprint_map
from servicedesign.journeys import map as journey_map

samir, tuula, diet = [json.loads(text) for text in TEXTS]
for language in ("en", "fi"):
    for width in (0, 340, 680, 1600):
        print(journey_map.draw(samir, language, width))
        print(blueprint_map.draw(diet, language, width, tuula))
"""


def run(*command: str) -> list[str]:
    done = subprocess.run(command, capture_output=True, text=True, check=False, timeout=120)
    assert done.returncode == 0, done.stderr
    return done.stdout.splitlines()


def test_maps_agree_on_both_runtimes(tmp_path: Path) -> None:
    names = ("journey_samir_actual", "journey_tuula_actual", "blueprint_diet")
    texts = [json.dumps(datasets.document(name)) for name in names]
    script = tmp_path / "maps.py"
    script.write_text(f"TEXTS = {texts!r}\n{SCRIPT}", encoding="utf-8")
    here = run(sys.executable, str(script))
    page = run("node", str(HERE / "micropython.mjs"), str(SRC), str(script))
    assert len(here) == 16
    assert page == here
