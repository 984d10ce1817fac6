"""Write the drawn scenes of the chapters: ``python tools/scenes.py``."""

from pathlib import Path

from servicedesign.scenes.drawn import SCENES

FOLDER = Path(__file__).parents[1] / "book/assets/scenes"


def main() -> None:
    """Draw each scene into a file of its chapter's name."""
    FOLDER.mkdir(exist_ok=True)
    for name, (draw, _day) in SCENES.items():
        FOLDER.joinpath(f"{name}.svg").write_text(draw(), "utf-8")


if __name__ == "__main__":
    main()
