# recognised as: the library's work
import functools

from servicedesign import value

promise_fit = functools.partial(value.promise_fit, threshold=4)
