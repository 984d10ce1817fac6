"""Numbers as text, the same on every Python.

CPython and MicroPython print floats differently (``'{:.1f}'.format(0.25)`` is
0.2 on one and 0.3 on the other), so a figure that prints them by itself is not
the same figure in the notebook and in the page.  Everything here rounds by
integer arithmetic: halves go away from zero, and a value within 1e-9 of a half
counts as one (2.675 is a half to a reader, whatever its binary form).
"""

from math import isinf, isnan

from explorables.language import _, decimal_mark, group_mark

MINUS = "\u2212"


def _scaled(x: float, n: int) -> int:
    """Return ``|x|`` times ``10**n`` as a whole number."""
    return int(abs(float(x)) * 10**n + 0.5 + 1e-9)


def _digits(whole: int, n: int, mark: str) -> str:
    text = str(whole)
    if n <= 0:
        return text
    while len(text) <= n:
        text = "0" + text
    return text[:-n] + mark + text[-n:]


def plain(x: float, n: int = 1) -> str:
    """Return ``x`` for a machine: hyphen-minus, full stop, no needless zeros (SVG co-ordinates)."""
    if n == 1:  # nearly every call: the quick way to the same text
        scaled = int(abs(x) * 10 + 0.500000001)
        text = str(scaled // 10)
        if scaled % 10:
            text += "." + str(scaled % 10)
    else:
        scaled = _scaled(x, n)
        text = _digits(scaled, n, ".")
        if n > 0:
            text = text.rstrip("0").rstrip(".")
    return "-" + text if x < 0 and scaled else text


def fixed(x: float, n: int = 0) -> str:
    """Return ``x`` for a reader with exactly ``n`` decimals.

    Parameters
    ----------
    x : float
        Any number; infinities become "∞" and "not a number" an en dash.
    n : int
        Decimals, 0 to 9.
    """
    if isnan(x):
        return "\u2013"
    if isinf(x):
        return "\u221e" if x > 0 else MINUS + "\u221e"
    scaled = _scaled(x, n)
    text = _digits(scaled, n, decimal_mark())
    return MINUS + text if x < 0 and scaled else text


def signed(x: float, n: int = 0) -> str:
    """Return ``x`` with its sign, also when it is positive; zero has none."""
    text = fixed(x, n)
    return "+" + text if x > 0 and _scaled(min(x, 1e15), n) else text


def percent(share: float, n: int = 0) -> str:
    """Return a share from 0 to 1 as a percentage."""
    return _("{n}%").format(n=fixed(100 * share, n))


def thousands(x: float, n: int = 0) -> str:
    """Return ``x`` with ``n`` decimals and its whole part in groups of three."""
    text = fixed(x, n)
    sign = MINUS if text.startswith(MINUS) else ""
    text = text[len(sign) :]
    cut = text.find(decimal_mark()) if n > 0 else -1
    whole, rest = (text, "") if cut < 0 else (text[:cut], text[cut:])
    groups: list = []
    while len(whole) > 3:
        groups.insert(0, whole[-3:])
        whole = whole[:-3]
    groups.insert(0, whole)
    return sign + group_mark().join(groups) + rest


def with_unit(text: str, unit: str) -> str:
    """Put a unit behind a number: a no-break space between them, none before % and °."""
    if not unit:
        return text
    return text + unit if unit in ("%", "\u00b0") else text + "\u00a0" + unit


def decimals_of(step: float) -> int:
    """Return how many decimals the multiples of ``step`` need (at most 6)."""
    for n in range(7):
        scaled = abs(step) * 10**n
        if abs(scaled - int(scaled + 0.5)) < 1e-7 * max(scaled, 1):
            return n
    return 6


def ticks(low: float, high: float, count: int) -> tuple:
    """Return about ``count`` round numbers from ``low`` to ``high``, and their decimals.

    Steps are 1, 2 or 5 times a power of ten.  Each tick is a whole number of
    steps, divided once, so that no rounding error adds up along the axis.
    """
    if low > high:
        low, high = high, low
    raw = (high - low) / max(count, 1)
    if not raw > 0 or isinf(raw):
        return [low], decimals_of(low)
    power = 0
    size = 1.0
    while size * 10 <= raw:
        size *= 10
        power += 1
    while size > raw:
        size /= 10
        power -= 1
    factor = 10
    for candidate in (1, 2, 5):
        if candidate * size >= raw * 0.999:
            factor = candidate
            break
    if power >= 0:
        up, down = factor * 10**power, 1
    else:
        up, down = factor, 10 ** (-power)
    step = up / down
    first = int(low / step)
    while first * step < low - step * 1e-6:
        first += 1
    values = []
    k = first
    while k * step <= high + step * 1e-6:
        values.append(k * up / down)
        k += 1
    return values, decimals_of(step)
