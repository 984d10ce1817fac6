"""What is designed at Hillasoppi, as plain data: notes, insights, ideas, proposals.

The forms that the chapters show filled in.  Everything here is invented for
teaching; nobody said or did any of it.
"""

from typing import Any

Row = dict[str, Any]

# Chapter 2.  Fifteen notes of three talks and two noons: who or what it is from, and
# the insight that it went to (0: none, and it is kept).
NOTES: list[Row] = [
    {"from": "an electrician", "said": True, "insight": 1,
     "text": "I look through the window first. If I can see the end of the line I come in."},
    {"from": "an electrician", "said": True, "insight": 1,
     "text": "If not, it's a sandwich in the van."},
    {"from": "the door, at noon", "said": False, "insight": 1,
     "text": "People stop at the window; some of them walk on."},
    {"from": "an office worker", "said": True, "insight": 1,
     "text": "I come at eleven or not at all."},
    {"from": "an electrician", "said": True, "insight": 1,
     "text": "It's not the waiting. It's not knowing how long."},
    {"from": "a guest with a diet", "said": True, "insight": 2,
     "text": "I ask, and then I feel like a nuisance."},
    {"from": "the counter, at noon", "said": False, "insight": 2,
     "text": "She asks at the board, and once more at the counter."},
    {"from": "the counter, at noon", "said": False, "insight": 2,
     "text": "Linh goes through the door to ask; the next in line looks at the clock."},
    {"from": "a guest with a diet", "said": True, "insight": 2,
     "text": "When nobody can say, I take salad. It is always salad."},
    {"from": "a guest with a diet", "said": True, "insight": 2,
     "text": "On some days they know. I cannot tell which days."},
    {"from": "an office worker", "said": True, "insight": 3,
     "text": "One of us must not have wheat, so she chooses for all six."},
    {"from": "the door, at noon", "said": False, "insight": 3,
     "text": "People photograph the menu board for somebody who is not there."},
    {"from": "a guest with a diet", "said": True, "insight": 3,
     "text": "I say where we go. I would rather not, but I do."},
    {"from": "an office worker", "said": True, "insight": 3,
     "text": "We went elsewhere for a month after she had been ill."},
    {"from": "a guest at the long table", "said": True, "insight": 0,
     "text": "I like the line. It is where I meet people."},
]  # fmt: skip

# What the notes say together.  "why" is the team's reading, and so it is assumed.
INSIGHTS: list[Row] = [
    {"saw": "Guests decide at the window, before the house has met them.",
     "why": "What they lack is not speed alone but an end that they can see.",
     "so": "Say at the window how long it takes. Inside, a quicker line that nobody sees "
     "wins nobody."},
    {"saw": "Whoever has a diet asks again and again, and then eats salad.",
     "why": "The answer depends on who stands there, and each question costs her pride.",
     "so": "Answer before she has to ask, on every day alike."},
    {"saw": "The one who cannot eat everything chooses for the table.",
     "why": "A group goes where its most careful member can eat.",
     "so": "Count tables and not heads: one lost guest may be six."},
]  # fmt: skip

# Who gives whom what around a lunch.  Kinds: money, care, goods, data, risk.
# Where each actor stands in the drawing, from the left and from the top.
NETWORK_ACTORS: dict[str, tuple[float, float]] = {
    "guests' colleagues": (5.5, 2.5),
    "guests with a diet": (5.5, 12.5),
    "Linh's line": (30, 2.5),
    "Hillasoppi": (30, 12.5),
    "employers": (5.5, 22),
    "inspector": (18.5, 22),
    "wholesaler": (31, 22),
}
NETWORK: list[Row] = [
    {"from": "guests with a diet", "to": "Linh's line", "kind": "data",
     "what": "what they cannot eat", "back": "a safe plate, if she is there"},
    {"from": "Linh's line", "to": "Hillasoppi", "kind": "care",
     "what": "knows who needs what", "back": "nothing"},
    {"from": "Hillasoppi", "to": "Linh's line", "kind": "money",
     "what": "hours and pay", "back": "hours of work"},
    {"from": "guests with a diet", "to": "Hillasoppi", "kind": "money",
     "what": "the price of a lunch", "back": "lunch"},
    {"from": "employers", "to": "Hillasoppi", "kind": "money",
     "what": "a part of that price", "back": "people who are back in time"},
    {"from": "wholesaler", "to": "Hillasoppi", "kind": "goods",
     "what": "food, and what it is made of", "back": "money"},
    {"from": "inspector", "to": "Hillasoppi", "kind": "data",
     "what": "what has to be recorded", "back": "the records"},
    {"from": "Hillasoppi", "to": "guests with a diet", "kind": "risk",
     "what": "the harm if a dish is wrong", "back": "nothing"},
    {"from": "guests with a diet", "to": "guests' colleagues", "kind": "care",
     "what": "chooses for the table", "back": "company"},
]  # fmt: skip

# Chapter 3.  What the new promise says to those who are not at the counter as guests.
OTHERS: list[Row] = [
    {"who": "Linh", "promise": "You can answer without leaving the counter.",
     "broken": "on any noon on which she has to go and ask more than once"},
    {"who": "the employer who pays a part", "promise": "Back at one, on four days of five.",
     "broken": "in any week with two late days"},
    {"who": "the wholesaler", "promise": "Orders by Thursday noon.",
     "broken": "by any order after it"},
    {"who": "the street", "promise": "No lorry before seven, and what is left over is eaten.",
     "broken": "on any day on which more than a bucket is thrown away"},
]  # fmt: skip

# Chapter 4.  One page: an insight, three questions, three rounds, twelve ideas.
QUESTIONS = [
    "How might a guest with a diet know what is safe before she stands in line?",
    "How might the answer be the same on a day without Linh?",
    "How might asking become something that nobody has to do?",
]
IDEAS: list[Row] = [
    {"round": "alone", "idea": "a label on every dish", "note": "kept"},
    {"round": "alone", "idea": "a board at the window with the safe dishes", "note": "kept"},
    {"round": "alone", "idea": "a list on the web page by nine", "note": "later"},
    {"round": "alone", "idea": "a bell for diet questions", "note": "refused"},
    {"round": "alone", "idea": "a tasting for guests with diets", "note": "later"},
    {
        "round": "passed on",
        "idea": "a second notebook, of dishes only",
        "note": "kept",
    },
    {"round": "passed on", "idea": "trays that do not fit without a label", "note": "later"},
    {"round": "passed on", "idea": "guests write the labels", "note": "refused"},
    {"round": "passed on", "idea": "a lunch without wheat on Wednesdays", "note": "later"},
    {"round": "combined", "idea": "the notebook lies open at the board", "note": "later"},
    {"round": "combined", "idea": "take the wheat out of the soup for good", "note": "later"},
    {"round": "combined", "idea": "a badge for guests with diets", "note": "refused"},
]
REFUSED = {
    "a bell for diet questions": "it makes her a nuisance aloud",
    "guests write the labels": "the harm would be theirs, and so would the duty",
    "a badge for guests with diets": "it shows to all what is hers to tell",
}
KINDS_OF_IDEA = {
    "costs nothing": "a board at the window with the safe dishes",
    "is absurd": "guests write the labels",
    "takes something away": "take the wheat out of the soup for good",
}

# Chapter 5.  Three of Tuula's steps with what she thought, what hurt, and what could be
# done about it by whom.  Thoughts are hers, asked for; opportunities are proposed.
TUULA_THOUGHTS: list[Row] = [
    {"step": "menu page", "thought": "Are those three dishes all of them?",
     "pain": "a mark that may be incomplete", "opportunity": "name the safe dishes by nine",
     "owner": "Onni"},
    {"step": "line", "thought": "If I ask from here, everybody hears it.",
     "pain": "nine minutes with nobody to ask",
     "opportunity": "somebody comes to the line and asks", "owner": "Aila"},
    {"step": "diet label", "thought": "No label, so I had better not.",
     "pain": "going without a dish that was safe",
     "opportunity": "no dish without its label", "owner": "Onni"},
]  # fmt: skip

PROPOSED: list[Row] = [
    {"step": "menu page", "now": "three dishes marked", "then": "every dish marked by nine",
     "must": "Onni knows the dishes by eight; who does it on his day off?"},
    {"step": "line", "now": "nine minutes, nobody to ask",
     "then": "somebody walks along the line and asks first",
     "must": "one free person at noon; today there is none"},
    {"step": "diet label", "now": "no label on the soup", "then": "a label on every dish",
     "must": "the wholesaler tells of a changed recipe"},
    {"step": "tell her sister", "now": "from memory", "then": "a card with what was safe",
     "must": "she wants one, and it has no name on it"},
    {"step": "ask at the counter", "now": "twice", "then": "gone",
     "must": "the three steps above hold on every day"},
]  # fmt: skip

# Chapter 6.  The quiet evening as a method.
EVENING: list[Row] = [
    {"minutes": 5, "what": "The journey lies on the table; Linh and Onni correct it.",
     "who": "both"},
    {"minutes": 15, "what": "Notes below each step: who does what, also out of sight.",
     "who": "Linh writes"},
    {"minutes": 10, "what": "Arrows; on each, what is passed and what may get lost.",
     "who": "Onni writes"},
    {"minutes": 10, "what": "Where does it go wrong, how does one notice, what is the rule then?",
     "who": "both, in turn"},
    {"minutes": 5, "what": "Each strikes out one line. Both sign.", "who": "both"},
]  # fmt: skip
MACHINE: list[Row] = [
    {"ask": "Who checks it, and how often?", "answer": "Onni reads ten answers on Fridays."},
    {"ask": "Who pays if it is wrong?", "answer": "the house, and never the guest"},
    {"ask": "How does a guest reach a person?", "answer": "“Ask Linh” stands on every page"},
    {"ask": "Are guests told that it is a machine?", "answer": "yes, in the first line"},
    {"ask": "What does it say when it does not know?", "answer": "“Do not eat it; ask us.”"},
]

# Chapter 7.  What people wanted of the counter and the telephone in one week of March.
CONTACTS: list[Row] = [
    {"wanted": "which dish is free of what", "contacts": 61, "failure": True,
     "went_wrong": "labels that are missing or not believed"},
    {"wanted": "where the line begins", "contacts": 22, "failure": True,
     "went_wrong": "no sign"},
    {"wanted": "to pay again, as the terminal refused", "contacts": 14, "failure": True,
     "went_wrong": "an old card terminal"},
    {"wanted": "whether an order for six has arrived", "contacts": 9, "failure": True,
     "went_wrong": "no answer to the first message"},
    {"wanted": "a table for ten on Friday", "contacts": 12, "failure": False, "went_wrong": ""},
    {"wanted": "to order for a party", "contacts": 18, "failure": False, "went_wrong": ""},
    {"wanted": "to say thank you, or that it was good", "contacts": 8, "failure": False,
     "went_wrong": ""},
]  # fmt: skip


def failure_share(contacts: list[Row]) -> float:
    """Return the share of contacts that exist only because something failed.

    Parameters
    ----------
    contacts : list of dict
        ``contacts`` (0 or more) and ``failure`` (True or False).

    Returns
    -------
    float
        From 0 to 1.

    Raises
    ------
    ValueError
        If there is no contact at all.
    """
    total = sum(row["contacts"] for row in contacts)
    if total == 0:
        raise ValueError("contacts must add up to 1 or more, got 0: count for a longer time")
    made = sum(row["contacts"] for row in contacts if row["failure"])
    return float(made / total)
