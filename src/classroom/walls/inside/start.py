"""Start a program of this folder where nothing of the desk is installed.

::

    python start.py zygote CONTROL PLAN CROSSING    forks of a warmed interpreter
    python start.py keeper CONTROL PLAN CROSSING    plain kernels
    python start.py kernel CHANNEL ORDER            one of these

``CONTROL`` and ``CHANNEL`` are descriptors, ``PLAN`` and ``ORDER`` JSON (``protocol``),
``CROSSING`` is the folder that holds the crossing. A submission's own modules may bear
the names of these: none of ours stays where ``import`` looks.
"""

import os
import sys
from importlib import import_module

HERE = os.path.dirname(os.path.abspath(__file__))  # noqa: PTH100, PTH120
OURS = (os.path.basename(HERE), "crossing")  # noqa: PTH119


def main() -> None:
    """Load the program, take its modules out of sight, and run it."""
    program, descriptor, given, *further = sys.argv[1:]
    places = [os.path.dirname(HERE), *further]  # noqa: PTH120
    sys.path[:0] = places
    module = import_module(f"{OURS[0]}.{'zygote' if program == 'zygote' else 'keeper'}")
    del sys.path[: len(places)]
    for name in [name for name in sys.modules if name.partition(".")[0] in OURS]:
        del sys.modules[name]
    (module.keep if program == "kernel" else module.main)(int(descriptor), given)


if __name__ == "__main__":
    main()
