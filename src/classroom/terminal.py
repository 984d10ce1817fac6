"""Words that came from somebody else, made fit for one line of the teacher's terminal.

A file's name, an error's text or a person's name may hold line ends, signs that
move the cursor or turn the writing direction, and the marks by which ``rich``
colours text.  Printed as they are, they can write a line of their own: one that
speaks of a classmate.
"""

from __future__ import annotations

import unicodedata

LONGEST = 400

# Control, format (writing direction, zero width), surrogate, unassigned; line and paragraph ends.
UNPRINTABLE = {"Cc", "Cf", "Cs", "Cn", "Co", "Zl", "Zp"}
JOINERS = "\u200c\u200d"  # part of the spelling in several scripts


def one_line(text: str, longest: int = LONGEST) -> str:
    r"""Return a text that stays on its line and moves nothing else on the screen.

    Parameters
    ----------
    text
        Anything, for example a file name out of an archive.
    longest
        Number of characters from which on it is cut, more than 0.

    >>> one_line("full\n! aino: forged")
    'full\\n! aino: forged'
    """
    shown = "".join(
        sign
        if unicodedata.category(sign) not in UNPRINTABLE or sign in JOINERS
        else sign.encode("unicode_escape").decode("ascii")
        for sign in text
    )
    return shown if len(shown) <= longest else f"{shown[: longest - 1]}…"
