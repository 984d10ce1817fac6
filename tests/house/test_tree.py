"""What the repository must not carry: registry hosts, machine paths, stray weight."""

import re
import subprocess
from pathlib import Path

import pytest
from tests.sharing import LONG

ROOT = Path(__file__).parents[2]

# Written in pieces, so that this file does not name what it looks for.
REGISTRY_HOSTS = [
    "pypi" + r"\.org",
    "pythonhosted" + r"\.org",
    "npmjs" + r"\.(org|com)",
    "yarnpkg" + r"\.com",
    "deb" + r"\.debian\.org",
    "archive" + r"\.ubuntu\.com",
    "jsdelivr" + r"\.net",
    "unpkg" + r"\.com",
]
MACHINE_PATHS = [
    "/" + "root/",
    "/" + r"home/(?!\W|jovyan|user\b|USER\b)",
    "/" + "work/",
    "/" + "Users/(?!you)",
]


def tracked_text() -> dict[Path, str]:
    names = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
        text=True,
    ).stdout.split("\0")
    texts = {}
    for name in filter(None, names):
        path = ROOT / name
        if not path.is_file():
            continue
        data = path.read_bytes()
        if b"\0" not in data:
            texts[Path(name)] = data.decode("utf-8")
    return texts


@pytest.fixture(scope="module")
def texts() -> dict[Path, str]:
    return tracked_text()


def hits(texts: dict[Path, str], pattern: str) -> list[str]:
    found = re.compile(pattern)
    return [
        f"{path}:{number}: {line.strip()[:120]}"
        for path, text in texts.items()
        for number, line in enumerate(text.splitlines(), start=1)
        if found.search(line)
    ]


@pytest.mark.parametrize("pattern", REGISTRY_HOSTS)
def test_no_registry_host_is_named(texts: dict[Path, str], pattern: str) -> None:
    assert not hits(texts, pattern)


@pytest.mark.parametrize("pattern", MACHINE_PATHS)
def test_no_path_of_one_machine_is_named(texts: dict[Path, str], pattern: str) -> None:
    assert not hits(texts, pattern)


def test_no_large_file_is_tracked(texts: dict[Path, str]) -> None:
    heavy = [
        f"{path}: {len(text):,} characters" for path, text in texts.items() if len(text) > 1_500_000
    ]
    assert not heavy


def test_every_version_is_pinned_with_a_hash() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    entries = re.split(r"^(?=[a-z0-9])", lock, flags=re.MULTILINE)[1:]
    loose = [
        entry.split()[0] for entry in entries if "==" not in entry or "--hash=sha256:" not in entry
    ]
    assert entries
    assert not loose


def test_jupyter_book_stays_on_its_first_major_version() -> None:
    lock = (ROOT / "requirements.lock").read_text("utf-8")
    assert re.search(r"^jupyter-book==1\.", lock, flags=re.MULTILINE)


def test_every_long_group_is_there() -> None:
    texts = [path.read_text("utf-8") for path in (ROOT / "tests").rglob("test_*.py")]
    for group in LONG:
        named = any(f'xdist_group("{group}")' in text for text in texts)
        assert named or (ROOT / group).is_file() or (ROOT / "solutions" / group).is_dir(), group
