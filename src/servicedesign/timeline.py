"""When what happens at Hillasoppi: the one calendar of the invented case.

The scenes take their weekdays and months from here, and a test holds their order:
no chapter may speak of Tuula as a regular before her first visit, or of a short line
before the third till.
"""

import datetime as dt

# In order of time.  `chapter` is the one whose scene it is, or that tells of it.
EVENTS: list = [
    {
        "id": "first_visit",
        "date": "2025-02-04",
        "chapter": 5,
        "who": ["Tuula", "the student", "Linh"],
        "what": "Tuula comes for the first time, and a student of service design walks along.",
    },
    {
        "id": "card",
        "date": "2025-02-11",
        "chapter": 5,
        "who": ["Tuula"],
        "what": "A week later she rings the four on a card and writes of the line.",
    },
    {
        "id": "second_line",
        "date": "2025-04-09",
        "chapter": 1,
        "who": ["Aila", "Mikael", "the signwriter"],
        "what": "The second line on the wall; Tuula comes on most weekdays by now.",
    },
    {
        "id": "mailing_list",
        "date": "2025-05-01",
        "chapter": 2,
        "who": ["Mikael"],
        "what": "The mailing list of this day is the sampling frame of the survey.",
    },
    {
        "id": "envelope",
        "date": "2025-05-26",
        "chapter": 2,
        "who": ["Aila", "Mikael", "Linh"],
        "what": "Aila's beliefs come out of the drawer, beside the answers of the guests.",
    },
    {
        "id": "sums",
        "date": "2025-09-10",
        "chapter": 3,
        "who": ["Aila", "Linh"],
        "what": "Three lunches by two sums, and a new promise.",
    },
    {
        "id": "van_sold",
        "date": "2025-11-05",
        "chapter": 4,
        "who": ["Aila", "Mikael", "Linh", "Tuula"],
        "what": "Ten thousand euros, a list of eight, and labels on every dish.",
    },
    {
        "id": "biscuits_begin",
        "date": "2026-01-19",
        "chapter": 7,
        "who": ["Onni"],
        "what": "The first of six weeks in which a lot decides who gets a biscuit.",
    },
    {
        "id": "samir_followed",
        "date": "2026-02-05",
        "chapter": 5,
        "who": ["Samir", "the student"],
        "what": "One lunch break of Samir's is followed.",
    },
    {
        "id": "old_sheet",
        "date": "2026-02-09",
        "chapter": 5,
        "who": ["Aila", "Linh", "Mikael"],
        "what": "The sheet of Tuula's first visit and her card lie on the table again.",
    },
    {
        "id": "clock_week",
        "date": "2026-02-16",
        "chapter": 6,
        "who": ["the student"],
        "what": "From this day on the student times five lunches beside the tills.",
    },
    {
        "id": "idle_tills",
        "date": "2026-02-23",
        "chapter": 6,
        "who": ["Aila", "Onni", "Mikael", "Linh", "the student"],
        "what": "Idle tills and a line to the door.",
    },
    {
        "id": "third_till",
        "date": "2026-03-02",
        "chapter": 6,
        "who": ["Aila"],
        "what": "A third till opens around noon, for a month and then for good.",
    },
    {
        "id": "soup",
        "date": "2026-03-17",
        "chapter": 7,
        "who": ["Tuula", "Linh"],
        "what": "A label is wrong, and Linh takes the bowl away in time.",
    },
    {
        "id": "desk_due",
        "date": "2026-04-01",
        "chapter": 8,
        "who": ["Linh"],
        "what": "The date beside Linh's diet desk on the wall chart.",
    },
    {
        "id": "two_sheets",
        "date": "2026-04-20",
        "chapter": 7,
        "who": ["Onni", "Aila", "Mikael", "Linh"],
        "what": "The biscuit's six weeks and the soup; Tuula has not been back for a month.",
    },
    {
        "id": "apron",
        "date": "2026-05-15",
        "chapter": 8,
        "who": ["Linh", "Aila", "Mikael"],
        "what": "Linh lays her apron on the desk; Tuula has not been back since the soup.",
    },
    {
        "id": "desk_rehearsed",
        "date": "2026-05-20",
        "chapter": "rehearsal",
        "who": ["Linh", "Aila", "Mikael", "Onni", "the student"],
        "what": "The diet desk is played with chairs and tokens, and its test card is signed.",
    },
    {
        "id": "desk_noon",
        "date": "2026-05-27",
        "chapter": "rehearsal",
        "who": ["Linh", "Onni"],
        "what": "The desk stands for one noon hour; its four weeks begin the Monday after.",
    },
    {
        "id": "tuula_back",
        "date": "2026-06-02",
        "chapter": 9,
        "who": ["Tuula", "Linh"],
        "what": "On the second day of the desk Tuula comes again, and tells why she stayed away.",
    },
    {
        "id": "half_price",
        "date": "2026-06-29",
        "chapter": 9,
        "who": ["Mikael", "Aila", "Linh", "the student"],
        "what": "The desk's four weeks are over; shall there be half-price weeks again?",
    },
    {
        "id": "one_year",
        "date": "2026-08-24",
        "chapter": 10,
        "who": ["Aila", "Mikael", "Linh", "Onni"],
        "what": "Nine papers, an empty page, and the money of the coming year.",
    },
]


def on(event: str) -> dt.date:
    """Return the day of an event.

    Raises
    ------
    ValueError
        If no event has that id.
    """
    for one in EVENTS:
        if one["id"] == event:
            return dt.date.fromisoformat(str(one["date"]))
    raise ValueError(f"event must be one of {[one['id'] for one in EVENTS]}, got {event!r}")


def weekday(event: str) -> str:
    """Return the English name of the weekday of an event."""
    names = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]
    return names[on(event).weekday()]


def month(event: str) -> str:
    """Return the English name of the month of an event."""
    names = [
        "January", "February", "March", "April", "May", "June", "July", "August",
        "September", "October", "November", "December",
    ]  # fmt: skip
    return names[on(event).month - 1]
