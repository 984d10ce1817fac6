"""The same seed gives the same numbers everywhere, and they are spread as they should be."""

import math
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from servicedesign import randomness
from servicedesign.randomness import Generator

SEEDS = st.integers(min_value=0, max_value=2**70)


def test_the_generator_gives_the_numbers_published_for_pcg32() -> None:
    generator = Generator(0)
    generator.start(42, 54)
    published = [0xA15C02B7, 0x7B47F409, 0xBA1D3330, 0x83D2F293, 0xBFA4784B, 0xCBED606E]
    assert [generator.bits() for _ in published] == published


@given(SEEDS, SEEDS)
def test_one_seed_and_stream_always_tell_the_same_story(seed: int, stream: int) -> None:
    first, second = Generator(seed, stream), Generator(seed, stream)
    assert [first.normal() for _ in range(5)] == [second.normal() for _ in range(5)]


def test_other_streams_and_other_seeds_tell_other_stories() -> None:
    generators = [Generator(seed, stream) for seed in range(60) for stream in range(60)]
    assert len({(g.bits(), g.bits()) for g in generators}) == 3600


@given(SEEDS, st.floats(-100, 100), st.floats(0.001, 100))
def test_a_uniform_number_stays_inside_its_limits(seed: int, low: float, width: float) -> None:
    assert low <= Generator(seed).uniform(low, low + width) <= low + width


def moments(numbers: list[float]) -> tuple[float, float]:
    middle = math.fsum(numbers) / len(numbers)
    variance = math.fsum((x - middle) ** 2 for x in numbers) / len(numbers)
    return middle, math.sqrt(variance)


@pytest.mark.parametrize(
    ("draw", "mean", "sd"),
    [
        (lambda g: g.uniform(), 0.5, 1 / math.sqrt(12)),
        (lambda g: g.exponential(2.0), 2.0, 2.0),
        (lambda g: g.normal(3.0, 0.5), 3.0, 0.5),
        (lambda g: g.lognormal(0.967, 0.48), 0.967, 0.967 * 0.48),
    ],
    ids=["uniform", "exponential", "normal", "lognormal"],
)
def test_numbers_have_the_mean_and_spread_asked_for(draw, mean: float, sd: float) -> None:
    generator = Generator(7)
    found_mean, found_sd = moments([draw(generator) for _ in range(40_000)])
    assert found_mean == pytest.approx(mean, abs=4 * sd / 200)
    assert found_sd == pytest.approx(sd, rel=0.03)


def test_a_lognormal_without_variation_is_its_mean() -> None:
    assert Generator(1).lognormal(0.967, 0) == pytest.approx(0.967, rel=1e-15)


@pytest.mark.parametrize("other", [(5, 1), (5, 16), (6, 0), (5, 2**32)])
def test_two_streams_do_not_go_together(other) -> None:
    a, b = Generator(5, 0), Generator(*other)
    products = [(a.uniform() - 0.5) * (b.uniform() - 0.5) * 12 for _ in range(20_000)]
    assert abs(math.fsum(products) / len(products)) < 0.03


def test_the_first_numbers_of_neighbouring_streams_do_not_go_together() -> None:
    firsts = [Generator(1, stream).uniform() - 0.5 for stream in range(5_000)]
    products = [12 * x * y for x, y in pairwise(firsts)]
    assert abs(math.fsum(products) / len(products)) < 0.06


@given(st.floats(1e-300, 1e300))
def test_the_portable_logarithm_is_the_logarithm(x: float) -> None:
    assert randomness.log(x) == pytest.approx(math.log(x), rel=5e-16, abs=5e-16)


@given(st.floats(-700, 700))
def test_the_portable_exponential_is_the_exponential(x: float) -> None:
    assert randomness.exp(x) == pytest.approx(math.exp(x), rel=2e-15)


@pytest.mark.parametrize(
    ("call", "message"),
    [
        (lambda: Generator(-1), "seed must be a whole number of at least 0, got -1"),
        (lambda: Generator(1.5), "seed must be a whole number of at least 0, got 1.5"),
        (lambda: Generator(1).exponential(0), "mean must be greater than 0, got 0"),
        (lambda: Generator(1).normal(0, -1), "sd must be at least 0, got -1"),
        (lambda: Generator(1).lognormal(1, -1), "cv must be at least 0, got -1"),
        (lambda: randomness.log(0), "x must be greater than 0, got 0"),
        (lambda: randomness.exp(701), "x must be from -700 to 700, got 701"),
    ],
)
def test_impossible_requests_are_refused_by_name(call, message: str) -> None:
    with pytest.raises(ValueError, match=message):
        call()
