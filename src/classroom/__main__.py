"""Run the desk as ``python -m classroom``."""

from classroom.cli import main

if __name__ == "__main__":
    main()
