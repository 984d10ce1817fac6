"""Every colour of the course's pictures, each written once: on light and on dark ground.

Live figures, maps for the wall, still figures and the page's style sheet all take
their tones from here.  The six roles differ in colour (Okabe and Ito's hues, 2008,
darkened to carry text), in dash and in marker shape, so that none is told by its
colour alone.  One cast holds in all chapters: `HOUSE`, `GUEST` and what `BOTH` make.
"""

# name: (on light ground, on dark ground)
TONES = {
    "ground": ("#fffdf9", "#24211e"),
    "sunk": ("#f6efe3", "#2d2925"),
    "card": ("#ffffff", "#302c28"),
    "faint": ("#f4efe7", "#292521"),
    "ink": ("#2b2622", "#f1eae0"),
    "soft": ("#5f5750", "#c6bbac"),
    "grid": ("#d9d1c7", "#48423a"),
    "edge": ("#8d8171", "#8e8474"),
    "wrong": ("#9c2f22", "#f3a196"),
    "0": ("#6b625b", "#b9aea4"),
    "1": ("#1d5f8a", "#83bde3"),
    "2": ("#b5451b", "#f29a73"),
    "3": ("#23795c", "#78cba8"),
    "4": ("#7d4785", "#d3a6da"),
    "5": ("#8a6200", "#e5bd62"),
    "6": ("#5b534d", "#c9beb3"),
    "wash-1": ("#dceaf3", "#1e3a4f"),
    "wash-2": ("#f8e3d6", "#5a2f1a"),
    "wash-3": ("#d9ecdf", "#21432f"),
    "wash-5": ("#fae3c3", "#54401f"),
    "gold": ("#c8741a", "#f0a94e"),
}
LIGHT, DARK = 0, 1
BOTH, HOUSE, GUEST = 1, 2, 3
# What is judged wears the same: harm and doubt the house's, help and what is known the guests'.
PLAIN, BAD, GOOD = BOTH, HOUSE, GUEST
_COUNT = 7
ROLES = tuple([TONES[str(role)][LIGHT] for role in range(_COUNT)])
DARK_ROLES = tuple([TONES[str(role)][DARK] for role in range(_COUNT)])
DASHES = ("3 4", "", "7 4", "2 3", "9 3 2 3", "13 4", "5 2")
SHAPES = ("circle", "circle", "square", "triangle", "diamond", "drop", "ring")
INK, SOFT, GRID, GROUND = [TONES[name][LIGHT] for name in ("ink", "soft", "grid", "ground")]

# What a page's theme may say instead, for the tones that the page itself has.
_THEME = {
    "ground": "--pst-color-on-background",
    "sunk": "--pst-color-surface",
    "ink": "--pst-color-text-base",
    "soft": "--pst-color-text-muted",
    "grid": "--pst-color-border",
}


def variables(prefix: str, shade: int, names: dict, theme: bool = False) -> str:
    """Return custom properties for a style sheet.

    Parameters
    ----------
    prefix : str
        What their names begin with, such as "--wall-".
    shade : int
        `LIGHT` or `DARK`.
    names : dict
        Tones by the name of their property.
    theme : bool
        Whether the page's theme has the first word where it has a tone for it.
    """
    said = []
    for name in sorted(names):
        tone = TONES[names[name]][shade]
        if theme and names[name] in _THEME:
            tone = "var(%s,%s)" % (_THEME[names[name]], tone)
        said.append("%s%s:%s;" % (prefix, name, tone))
    return "".join(said)


def style_sheet() -> str:
    """Return the rules that set the variables and classes of live figures."""
    names = {name: name for name in TONES}
    rules = [
        ".xp{%s}" % variables("--xp-", LIGHT, names, theme=True),
        '@media screen{html[data-theme="dark"] .xp{%s}}'
        % variables("--xp-", DARK, names, theme=True),
    ]
    # Forced colours bring a ground of their own, light or dark, whatever the page has.
    for scheme, shade in (("light", LIGHT), ("dark", DARK)):
        own = {name: name for name in TONES if name.isdigit() or name.startswith("wash")}
        rules.append(
            "@media (forced-colors:active) and (prefers-color-scheme:%s){html[data-theme] .xp,"
            "html .xp{%s}}" % (scheme, variables("--xp-", shade, own))
        )
    painted = ".xp-f%d{fill:var(--xp-%d)}.xp-s%d{stroke:var(--xp-%d)}"
    rules += [painted % (role, role, role, role) for role in range(_COUNT)]
    return "\n".join(rules) + "\n"
