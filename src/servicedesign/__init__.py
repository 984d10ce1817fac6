"""Service design you can test: the models, data and figures of the course.

Each chapter's topic is one module of plain functions, named by its field's
term (`value`, `journey`, ...).  The models take numbers, lists and dicts and
return the same, so they run unchanged in CPython, Pyodide and MicroPython.
"""
