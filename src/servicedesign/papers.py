"""What cards and memos share: a paper of the learner's that a notebook cell shows.

Each kind says how it is drawn, which words it has in English and in Finnish, and how it
is told in one line.
"""

from servicedesign.labels import say

PHONE, COLUMN = 340, 680  # px, the widths to draw for
CSS = (
    ".sd-card{container-type:inline-size;margin:1rem 0;padding:0}"
    ".sd-card svg{display:block;max-width:100%;height:auto}"
    ".sd-card .sd-card-column{display:none}"
    "@container (min-width:600px){.sd-card .sd-card-phone{display:none}"
    ".sd-card .sd-card-column{display:block}}"
)


class Paper:
    """A paper that a notebook cell shows, by the room that there is.

    Parameters
    ----------
    content : dict
        An artefact in the kind's own format in which nothing must be mended.
    language : str
        The language of the paper's own words, "en" or "fi".
    names : dict, optional
        What the papers that it answers are called, by id: labels.
    """

    def __init__(self, content: dict, language: str = "en", names: dict | None = None):
        self.content, self.language, self.names = content, language, names

    def picture(self, width: int) -> str:
        """Return the paper as an SVG element of a width in px."""
        raise NotImplementedError(type(self).__name__ + " does not say how it is drawn")

    def told(self) -> str:
        """Return the paper in one line."""
        raise NotImplementedError(type(self).__name__ + " does not say how it is told")

    def said(self, key: str) -> str:
        """Return what stands under a key, in the paper's language, or ""."""
        return say(self.content.get(key), self.language)

    def _repr_html_(self) -> str:
        return (
            '<figure class="sd-card"><style>' + CSS + '</style><div class="sd-card-phone">'
            + self.picture(PHONE) + '</div><div class="sd-card-column">'
            + self.picture(COLUMN) + "</div></figure>"
        )  # fmt: skip

    def __repr__(self) -> str:
        return self.told()


def called(known: object, language: str = "en", names: dict | None = None) -> str:
    """Return what a paper is called, or its id in words where nobody says.

    Parameters
    ----------
    known : object
        The id; what is no text is called nothing.
    language : str
        The language of the name, "en" or "fi".
    names : dict, optional
        Names by id: labels.
    """
    if not isinstance(known, str):
        return say(known, language)
    return say((names or {}).get(known), language) or known.replace("_", " ")


def word(words: dict, key: str, language: str) -> str:
    """Return a word of a paper in a language, the English one where there is no other."""
    return str(words[key].get(language) or words[key]["en"])


def part(holder: object, key: str) -> dict:
    """Return the dict under a key, {} where there is none."""
    value = holder.get(key) if isinstance(holder, dict) else None
    return value if isinstance(value, dict) else {}


def dicts(holder: object, key: str) -> list:
    """Return the dicts in the list under a key, [] where there is none."""
    value = holder.get(key) if isinstance(holder, dict) else None
    return [one for one in value if isinstance(one, dict)] if isinstance(value, list) else []


def joined(texts: list) -> str:
    """Return texts as one line, without those that are empty."""
    return " \u00b7 ".join([text for text in texts if text])
