"""What a checker says: an error that must be mended, or advice with its reason.

Structure and privacy give errors; everything else is advice, which the writer may
answer with "I mean it" and a reason.  A count of remarks is never a mark.

Runs in the page as well: no dataclasses, no type hints that need imports.
"""

from explorables.language import _
from explorables.strokes import escape

SHOWN = 3  # more than three at a time are not read


class Remark:
    """One thing that a rule noticed.

    Attributes
    ----------
    code : str
        Name of the rule, such as "slogan".
    level : str
        "error" or "advice".
    where : str
        The element in words, such as "promise 2"; "" for the whole artefact.
    message : str
        What to look at, one or two sentences.
    why : str
        Why it matters; shown folded.
    rank : int
        Small for what teaches most; errors come before all advice.
    """

    def __init__(self, code, level, where, message, why, rank):
        self.code, self.level, self.where = code, level, where
        self.message, self.why, self.rank = message, why, rank

    def __repr__(self):
        where = self.where + ": " if self.where else ""
        return "%s (%s) %s%s" % (self.level, self.code, where, self.message)

    __str__ = __repr__


class Reader:
    """Collects remarks on one artefact.

    Parameters
    ----------
    rules : list of (str, str, str)
        Code, message and reason of each rule of advice, the most teachable first.
    """

    def __init__(self, rules):
        self.rules = rules
        self.remarks = []

    def error(self, code, where, message):
        """Note what must be mended: something is missing, impossible or private."""
        self.remarks.append(Remark(code, "error", where, message, "", -1))

    def advise(self, code, where="", **values):
        """Note that a rule speaks; ``values`` fill the places in its message.

        A rule speaks once for each place, however often it is called.
        """
        for rank, (name, message, why) in enumerate(self.rules):
            if name == code:
                said = message.format(**values) if values else message
                if not [one for one in self.remarks if one.code == code and one.where == where]:
                    self.remarks.append(Remark(code, "advice", where, said, why, rank))
                return
        raise ValueError("no rule is called " + code)


def ordered(remarks):
    """Return remarks with errors first, then by how much they teach."""
    numbered = [(one.rank, place, one) for place, one in enumerate(remarks)]
    return [one for _rank, _place, one in sorted(numbered, key=lambda item: item[:2])]


def meant(remarks, reasons):
    """Part remarks into those that still stand and those that somebody answered.

    Parameters
    ----------
    remarks : list of Remark
        Errors cannot be answered.
    reasons : dict
        By code, or by "code: where": why the writer means it; an empty reason is none.

    Returns
    -------
    (list of Remark, list of (Remark, str))
    """
    open_ones, answered = [], []
    for one in remarks:
        reason = reasons.get(one.code + ": " + one.where, reasons.get(one.code, ""))
        if one.level == "advice" and isinstance(reason, str) and reason.strip():
            answered.append((one, reason.strip()))
        else:
            open_ones.append(one)
    return open_ones, answered


def parted(remarks, reasons=None, most=SHOWN):
    """Part remarks into what is shown now, what was meant, and what waits.

    Every error is shown, however many they are; the rest makes up the three.

    Returns
    -------
    (list of Remark, list of (Remark, str), int)
        The shown, those that somebody answered with a reason, and how many wait.
    """
    open_ones, answered = meant(ordered(remarks), reasons or {})
    errors = [one for one in open_ones if one.level == "error"]
    shown = open_ones[: max(most, len(errors))]
    return shown, answered, len(open_ones) - len(shown)


def line_of(one):
    """Return a remark as a line: what kind it is, its rule, where, and what to look at."""
    kind = _("To mend") if one.level == "error" else _("To think about")
    where = one.where + ": " if one.where else ""
    return "%s (%s). %s%s" % (kind, one.code, where, one.message)


def afterwards(shown, answered, waiting):
    """Return the lines after the remarks: what was meant, how many wait, or that all is well."""
    lines = [
        _("Meant so ({code}): {reason}").format(code=one.code, reason=reason)
        for one, reason in answered
    ]
    if waiting:
        lines.append(_("{n} more when these are answered.").format(n=waiting))
    if not shown and not lines:
        lines.append(_("Nothing to remark."))
    return lines


def told(remarks, reasons=None, most=SHOWN):
    """Return what to print: at most three remarks, what was meant, and how many wait."""
    shown, answered, waiting = parted(remarks, reasons, most)
    return [line_of(one) for one in shown] + afterwards(shown, answered, waiting)


class Said:
    """What a checker says of an artefact, to be shown by a notebook: each "why" is folded.

    Parameters
    ----------
    remarks : list of Remark
        What the rules noticed.
    reasons : dict or None
        What the writer means as it stands, by the name of the rule.
    """

    def __init__(self, remarks, reasons=None):
        self.remarks, self.reasons = remarks, reasons

    def __repr__(self):
        return "\n".join(told(self.remarks, self.reasons))

    def _repr_html_(self):
        shown, answered, waiting = parted(self.remarks, self.reasons)
        parts = []
        for one in shown:
            folded = ""
            if one.why:
                folded = "<details><summary>%s</summary><p>%s</p></details>" % (
                    escape(_("Why?")), escape(one.why),
                )  # fmt: skip
            parts.append("<li>%s%s</li>" % (escape(line_of(one)), folded))
        parts += ["<li>%s</li>" % escape(line) for line in afterwards(shown, answered, waiting)]
        return "<ul>%s</ul>" % "".join(parts)


def why(remarks, code):
    """Return the reason behind a rule that spoke, or "" if it did not."""
    for one in remarks:
        if one.code == code:
            return one.why
    return ""
