"""Chance that repeats: the same seed gives the same numbers on every Python.

Python's own ``random`` differs between CPython and MicroPython, and ``log`` and
``exp`` come from each machine's C library, whose last digit varies.  A
simulation shown in the notebook, in the browser lab and on the page must agree
to the pixel, so the generator here uses whole numbers alone, and its two
functions use only operations that every computer rounds alike.
"""

import math

from servicedesign import domain

MASK_64 = 0xFFFFFFFFFFFFFFFF
GOLDEN = 0x9E3779B97F4A7C15
# log(2) in two parts; multiplied by a power of two's exponent, the first is
# still exact.
LOG_2_HIGH = 2977044471 / 4294967296
LOG_2_LOW = 1.9082149292705877e-10
SQRT_HALF = 0.7071067811865476


class Generator:
    """A source of pseudo-random numbers, PCG32.

    Parameters
    ----------
    seed : int
        Any whole number, at least 0.
    stream : int
        Which of many unrelated sequences to draw, at least 0.  Give arrivals
        one stream and services another: then a change in one leaves the other
        as it was (common random numbers).

    Notes
    -----
    Source: PCG-XSH-RR 64/32, O'Neill (2014); seed and stream are first stirred
    as in SplitMix64, Steele, Lea and Flood (2014), because sequences that start
    side by side would be alike at first.
    """

    def __init__(self, seed: int, stream: int = 0) -> None:
        domain.whole("seed", seed, 0)
        domain.whole("stream", stream, 0)
        stirred = _stir(int(seed))
        place = 2 * int(stream)
        self.start(_stir(stirred + GOLDEN * (place + 1)), _stir(stirred + GOLDEN * (place + 2)))

    def start(self, state: int, sequence: int) -> None:
        """Begin as O'Neill's ``pcg32_srandom_r(state, sequence)`` does."""
        self.increment = ((sequence << 1) | 1) & MASK_64
        self.state = 0
        self.spare: float | None = None
        self.bits()
        self.state = (self.state + state) & MASK_64
        self.bits()

    def bits(self) -> int:
        """Return a whole number from 0 to 2**32 - 1, all equally likely."""
        old = self.state
        self.state = (old * 6364136223846793005 + self.increment) & 0xFFFFFFFFFFFFFFFF
        word = (((old >> 18) ^ old) >> 27) & 0xFFFFFFFF
        turn = old >> 59
        return ((word >> turn) | (word << (32 - turn))) & 0xFFFFFFFF

    def uniform(self, low: float = 0.0, high: float = 1.0) -> float:
        """Return a number strictly between low and high, all equally likely."""
        return low + (high - low) * ((self.bits() + 0.5) / 4294967296)

    def exponential(self, mean: float) -> float:
        """Return a waiting time until an event that comes at random.

        `mean` is in the unit wanted and greater than 0.
        Source: inversion, ``-mean * log(u)``.
        """
        domain.above("mean", mean, 0)
        return -mean * _log(self.uniform())

    def normal(self, mean: float = 0.0, sd: float = 1.0) -> float:
        """Return a number from a normal distribution; `sd` is at least 0.

        Source: the polar method, Marsaglia and Bray (1964).  Numbers come in
        pairs, and the second is kept for the next call.
        """
        domain.at_least("sd", sd, 0)
        if self.spare is not None:
            standard, self.spare = self.spare, None
            return mean + sd * standard
        while True:
            x = self.uniform(-1.0, 1.0)
            y = self.uniform(-1.0, 1.0)
            square = x * x + y * y
            if square < 1.0:
                break
        stretch = math.sqrt(-2.0 * _log(square) / square)
        self.spare = y * stretch
        return mean + sd * (x * stretch)

    def lognormal(self, mean: float, cv: float) -> float:
        """Return a positive, right-skewed number such as a service time.

        Parameters
        ----------
        mean : float
            The mean of the numbers themselves, greater than 0, in any unit.
        cv : float
            Coefficient of variation, standard deviation over mean, at least 0;
            0 returns the mean every time.

        Returns
        -------
        float
            In the unit of the mean.
        """
        domain.above("mean", mean, 0)
        domain.at_least("cv", cv, 0)
        variance = _log(1.0 + cv * cv)
        return mean * exp(self.normal(-variance / 2.0, math.sqrt(variance)))


def log(x: float) -> float:
    """Return the natural logarithm, bit for bit the same on every machine.

    `x` is finite and greater than 0; the result is within two units in the
    last place.  Source: twice the area tangent of (x - 1) / (x + 1), a series.
    """
    domain.above("x", x, 0)
    return _log(x)


def exp(x: float) -> float:
    """Return e to the power x, bit for bit the same on every machine.

    `x` is from -700 to 700; the result is within a few units in the last
    place for x of everyday size.  Source: e**x = 2**k * e**r with a small r,
    and the power series of e**r.
    """
    domain.within("x", x, -700, 700)
    power = math.floor(x / (LOG_2_HIGH + LOG_2_LOW) + 0.5)
    r = (x - power * LOG_2_HIGH) - power * LOG_2_LOW
    series = 1.0
    for term in (14, 13, 12, 11, 10, 9, 8, 7, 6, 5, 4, 3, 2, 1):
        series = 1.0 + series * r / term
    return math.ldexp(series, power)


def _log(x: float) -> float:
    # Called for every arrival of a simulation, hence unchecked and unrolled:
    # the factors are 1/3, 1/5, ... 1/21.
    fraction, power = math.frexp(x)
    if fraction < SQRT_HALF:
        fraction *= 2.0
        power -= 1
    s = (fraction - 1.0) / (fraction + 1.0)
    q = s * s
    high = 0.06666666666666667 + q * (
        0.058823529411764705 + q * (0.05263157894736842 + q * 0.047619047619047616)
    )
    low = 0.1111111111111111 + q * (0.09090909090909091 + q * (0.07692307692307693 + q * high))
    series = q * (0.3333333333333333 + q * (0.2 + q * (0.14285714285714285 + q * low)))
    return power * LOG_2_HIGH + (2.0 * s + (2.0 * s * series + power * LOG_2_LOW))


def _stir(number: int) -> int:
    z = number & MASK_64
    z = ((z ^ (z >> 30)) * 0xBF58476D1CE4E5B9) & MASK_64
    z = ((z ^ (z >> 27)) * 0x94D049BB133111EB) & MASK_64
    return z ^ (z >> 31)
