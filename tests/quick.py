"""Loaded by `make test` before all other plugins: what takes seconds and helps no test stays out.

jsonschema imports this optional checker of IRIs, which builds a grammar for more than
a second; notebooks have no IRIs to check.  Without `-p tests.quick` every process of a
run, the first that imports nbformat being nbval, would build it.
"""

import sys

sys.modules.setdefault("rfc3987_syntax", None)  # type: ignore[arg-type]
