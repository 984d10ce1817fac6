"""The crossing between two interpreters: the learner's answers there, the tests here.

Imported on the desk and, by relative names, inside both sandboxes.  The
standard library alone, and NumPy where it is there: `values` is the encoding,
`protocol` the messages, `answers` and `stand_in` the two ends of a call.
"""
