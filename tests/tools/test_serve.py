"""`make serve`'s server: says where the course is, or what to do instead."""

import socket
import subprocess
import sys
from pathlib import Path

SERVE = Path(__file__).parents[2] / "tools" / "serve.py"


def run(*words: str | Path) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, SERVE, *words], capture_output=True, text=True, timeout=60, check=False
    )


def test_a_folder_without_a_site_names_the_remedy(tmp_path: Path) -> None:
    done = run(tmp_path)
    assert done.returncode == 2
    assert "make book" in done.stdout


def test_a_port_in_use_names_another_one(tmp_path: Path) -> None:
    (tmp_path / "index.html").write_text("<p>course")
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        taken.listen()
        port = taken.getsockname()[1]
        done = run(tmp_path, "--port", str(port))
    assert done.returncode == 2
    assert f"make serve PORT={port + 1}" in done.stdout
