"""The door through which cells speak to the pages."""

from __future__ import annotations

import pytest
from sphinx.errors import ExtensionError

from studybook import cells


def test_packages_installed_before_there_was_a_door_stop_the_build_with_the_remedy(monkeypatch):
    monkeypatch.setattr(cells, "entry_points", lambda **_wanted: [])
    with pytest.raises(ExtensionError, match=r"no entry point myst_nb\.mime_renderers.*make setup"):
        cells.setup(None)
