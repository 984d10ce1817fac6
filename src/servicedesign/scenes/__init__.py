"""The drawn scene that opens each chapter, in the manner of the start page's drawing.

`kit` has paints, marks and furniture, `people` the six who return, `drawn` the scenes.
Each scene holds one quantity of its chapter, taken from the chapter's data.  The files
in `book/assets/scenes` are written by ``python tools/scenes.py`` and never by hand.
"""
