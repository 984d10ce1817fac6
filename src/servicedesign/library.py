"""The second thread: the public library of Korpiranta, as plain data.

Nobody can take a library card to a rival, so the same tools say something else
here.  Invented for teaching, like the restaurant.
"""

from typing import Any

Row = dict[str, Any]

# Chapter 3.  What matters to people who are new in town (importance from 1 to 5), and
# what the library promises them.
PROFILE: list[Row] = [
    {"name": "print a form today", "kind": "job", "importance": 5},
    {"name": "read to a child in our language", "kind": "job", "importance": 4},
    {"name": "sit somewhere warm and quiet", "kind": "job", "importance": 3},
    {"name": "not having the papers at hand", "kind": "pain", "importance": 4},
    {"name": "not knowing the word for it", "kind": "pain", "importance": 5},
    {"name": "a debt from last year", "kind": "pain", "importance": 3},
    {"name": "to be greeted like anybody", "kind": "gain", "importance": 4},
]
PROMISE: list[Row] = [
    {"feature": "a card in one visit", "addresses": ["not having the papers at hand"]},
    {"feature": "one print a day is free", "addresses": ["print a form today"]},
    {"feature": "signs with pictures", "addresses": ["not knowing the word for it"]},
    {"feature": "no debt closes the door",
     "addresses": ["a debt from last year", "sit somewhere warm and quiet"]},
    {"feature": "the desk greets first", "addresses": ["to be greeted like anybody"]},
]  # fmt: skip

# Chapter 6.  Asking for a book that the library has not got, stage by stage.
REQUEST: list[Row] = [
    {"stage": "ask", "customer": "asks for a book in her language",
     "frontstage": "the desk takes it down", "backstage": "",
     "support": "the catalogue of the county", "minutes": "4 minutes"},
    {"stage": "wait", "customer": "waits; does nothing, and does not know",
     "frontstage": "", "backstage": "somebody chooses among forty requests",
     "support": "the buyer's budget, a meeting each month", "minutes": "3 weeks"},
    {"stage": "hear", "customer": "reads a message",
     "frontstage": "a message with the reason, in her language",
     "backstage": "the desk writes it", "support": "", "minutes": "1 minute"},
    {"stage": "fetch", "customer": "fetches it, or objects",
     "frontstage": "the desk hands it out", "backstage": "somebody shelves it",
     "support": "the van from the county", "minutes": "5 minutes"},
]  # fmt: skip

# Chapter 7.  What newcomers thought would happen, what should happen by the library's own
# rule, and what sixty of them found.
RIGHTS: list[Row] = [
    {"what": "a card", "unit": "visits", "will": 3, "should": 1, "found": 2},
    {"what": "an answer to a request", "unit": "days", "will": 60, "should": 14, "found": 21},
    {"what": "an answer in a language one reads", "unit": "of 60 people", "will": 14, "should": 60,
     "found": 35},
    {"what": "a way to object", "unit": "of 60 who knew of it", "will": 8, "should": 60,
     "found": 11},
]  # fmt: skip

# Chapter 9.  Nobody stays with a library because it is better than its rival, so staying
# is not counted.  What is counted instead in one year, for whom, and what it would change.
MEASURES: list[Row] = [
    {
        "measure": "take-up",
        "counts": "newcomers with a card within a year of moving in",
        "of": 640,
        "found": 212,
        "apart": "with Finnish at home: 118 of 240; without: 94 of 400",
        "then": "the card is handed out where people register, not at the desk",
    },
    {
        "measure": "failure demand",
        "counts": "contacts only because something had gone wrong",
        "of": 900,
        "found": 387,
        "apart": "letters nobody could read: 204; lost requests: 183",
        "then": "the letter is rewritten with three of its readers",
    },
    {
        "measure": "time to outcome",
        "counts": "requests answered within the library's own 14 days",
        "of": 480,
        "found": 168,
        "apart": "in Finnish: 120 of 240; in other languages: 48 of 240",
        "then": "somebody chooses each week, and not each month",
    },
]
