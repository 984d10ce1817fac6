"""The running case: Hillasoppi, a fictional lunch restaurant, as plain data.

Everything here is invented for teaching; no amount was measured anywhere.  It
lives in a module, not in a file, because the live figures that use it run in
the reader's browser.
"""

# Chapter 1.  One ordinary lunch of Tuula's, in the order in which it happens: who
# acts, and for how many minutes.  What is done for many guests at once counts with
# her part of it.  Teaching assumptions.
TUULA_LUNCH = [
    {"label": "Plan the menu", "actor": "provider", "minutes": 1},
    {"label": "Cook", "actor": "provider", "minutes": 6},
    {"label": "Choose the place and the hour", "actor": "customer", "minutes": 4},
    {"label": "Walk there", "actor": "customer", "minutes": 10},
    {"label": "Stand in line", "actor": "customer", "minutes": 8},
    {"label": "Say and hear what is safe to eat", "actor": "both", "minutes": 2},
    {"label": "Have the warm dish served", "actor": "both", "minutes": 2},
    {"label": "Pay", "actor": "both", "minutes": 1},
    {"label": "Pick salad and bread", "actor": "customer", "minutes": 4},
    {"label": "Eat with a friend", "actor": "customer", "minutes": 22},
    {"label": "Clear the table and wash up", "actor": "provider", "minutes": 3},
    {"label": "Tell her sister what was safe", "actor": "customer", "minutes": 5},
]

# Two parties of the same price: hours from the house and from the host.  Teaching
# assumptions, and so are the weight of the house's hours and how well one side can
# stand in for the other.
PARTIES = [
    {"name": "Roofers", "house": 6.0, "host": 2.0},
    {"name": "Choir", "house": 4.0, "host": 4.0},
]
HOUSE_WEIGHT = 0.5
STAND_IN = -1.0

# Three texts about one restaurant, and the words that give away how they think.
ABOUT_US = {
    "today": "More than perfect! We produce the largest buffet in town. Our products are "
    "always fresh, our prices are low and our sales grow every year. Buy nine "
    "lunches and we deliver the tenth.",
    "Mikael's draft": "Tell us who comes and what you need. We plan your evening together, we "
    "listen, and we help with what you would rather not do yourself. The buffet comes "
    "when your guests are ready for it.",
    "word salad": "Together, together! We listen, we help, we support your guests and all "
    "their needs. Please choose from two menus. Changes are not possible.",
}
PRODUCT_WORDS = {
    "buffet", "buy", "deliver", "price", "prices", "produce", "product", "products", "sales",
    "sell",
}  # fmt: skip
SERVICE_WORDS = {
    "guests", "help", "listen", "need", "needs", "support", "together", "you", "your",
}  # fmt: skip

# Chapter 2.  How happy with the speed (5 or more of 7), and how ready to recommend,
# at each step from the mailing list to the answers.  Only whoever invents a town
# can know the first two lines.
WHO_WAS_HEARD = [
    {"label": "on the list", "guests": 600, "happy": 238, "promoters": 185, "detractors": 143},
    {"label": "invited", "guests": 316, "happy": 112, "promoters": 90, "detractors": 78},
    {"label": "answered", "guests": 143, "happy": 58, "promoters": 42, "detractors": 28},
]

# Who affects lunch or is affected by it: how much they can change, and how much they
# care (0 to 10), with how that is known.
STAKEHOLDERS = [
    {"name": "Aila", "power": 9.4, "interest": 8.6, "evidence": "reported"},
    {"name": "Onni's kitchen", "power": 7.2, "interest": 6.4, "evidence": "reported"},
    {"name": "Linh's lunch line", "power": 3.4, "interest": 9.0, "evidence": "observed"},
    {"name": "guests with a diet", "power": 1.6, "interest": 7.6, "evidence": "reported"},
    {"name": "Samir's crew", "power": 2.4, "interest": 5.6, "evidence": "observed"},
    {"name": "firms across the street", "power": 6.2, "interest": 3.4, "evidence": "assumed"},
    {"name": "food supplier", "power": 5.4, "interest": 1.6, "evidence": "assumed"},
    {"name": "food inspector", "power": 8.6, "interest": 2.2, "evidence": "assumed"},
]

# A persona made from the guests with a special diet, each item with how it is known.
PERSONA = {
    "name": "Aino, who has to ask",
    "group_size": 31,
    "items": [
        {
            "id": "asks",
            "text": "asks at the counter what is safe before she takes a plate",
            "evidence": "observed",
            "source": "two lunches at the counter, May",
        },
        {
            "id": "unhappy",
            "text": "is seldom happy with how diets are looked after",
            "evidence": "reported",
            "source": "survey",
        },
        {
            "id": "chooses",
            "text": "chooses the place for the colleagues who come along",
            "evidence": "assumed",
        },
        {
            "id": "labels",
            "text": "would come more often if every dish had a label",
            "evidence": "assumed",
        },
    ],
}

# Chapter 3.  What three lunches are worth to one office worker, with the price,
# her own time from desk to desk and the hassle.  Teaching assumptions.
LUNCHES = [
    {"name": "Buffet", "benefit": 17.0, "price": 12.9, "minutes": 45, "hassle": 0.0},
    {"name": "Soup bar", "benefit": 13.0, "price": 10.5, "minutes": 25, "hassle": 0.0},
    {"name": "Delivery", "benefit": 18.0, "price": 15.9, "minutes": 5, "hassle": 0.0},
]

# What an hour of her time is worth, EUR per hour.  Teaching assumption.
TIME_VALUE = 12.0

# How much besides value decides which lunch is chosen, EUR.  Teaching assumption.
CHOICE_NOISE = 2.0

# What matters to the guests of a weekday lunch, from the interviews of chapter 2
# (importance from 1 to 5).
LUNCH_PROFILE = [
    {"name": "eat within the break", "kind": "job", "importance": 5},
    {"name": "stay alert until four", "kind": "job", "importance": 3},
    {"name": "sit with colleagues", "kind": "job", "importance": 2},
    {"name": "the line at noon", "kind": "pain", "importance": 5},
    {"name": "not knowing what is safe to eat", "kind": "pain", "importance": 4},
    {"name": "paying for what I leave", "kind": "pain", "importance": 2},
    {"name": "a friendly word", "kind": "gain", "importance": 4},
    {"name": "something new each week", "kind": "gain", "importance": 2},
]

# What the wall says today, part by part, and what each part addresses.
SLOGAN_PROMISE = [
    {"feature": "more than perfect", "addresses": []},
    {"feature": "large buffet", "addresses": ["something new each week"]},
    {"feature": "cloudberry biscuit", "addresses": []},
    {"feature": "warm welcome", "addresses": ["a friendly word"]},
]

# The promise that this chapter writes instead.
TESTED_PROMISE = [
    {
        "feature": "seated with food in ten minutes",
        "addresses": ["eat within the break", "the line at noon"],
    },
    {"feature": "every dish labelled by diet", "addresses": ["not knowing what is safe to eat"]},
    {"feature": "pay by weight", "addresses": ["paying for what I leave"]},
    {"feature": "warm welcome", "addresses": ["a friendly word"]},
]

# Chapter 5.  Tuula's first visit, step by step: rating (-2 to 2), importance (0 to
# 5) and how often the step fails (%), as in data/case/journey_tuula_actual.json.
# The three steps with "part" False are not in that journey; a reader may add them.
TUULA_VISIT = [
    {"label": "Search", "part": True, "rating": 1, "weight": 3, "fails": 3},
    {"label": "Menu page", "part": True, "rating": 0, "weight": 4, "fails": 5},
    {"label": "Bus ride", "part": False, "rating": 0, "weight": 1, "fails": 4},
    {"label": "Walk in", "part": True, "rating": 1, "weight": 2, "fails": 1},
    {"label": "Line", "part": True, "rating": -2, "weight": 5, "fails": 10},
    {"label": "Greeting", "part": True, "rating": 2, "weight": 5, "fails": 2},
    {"label": "Food", "part": True, "rating": 1, "weight": 5, "fails": 4},
    {"label": "Diet label", "part": True, "rating": -1, "weight": 5, "fails": 15},
    {"label": "Quiet table", "part": False, "rating": 0.5, "weight": 3, "fails": 5},
    {"label": "Pay", "part": True, "rating": 0, "weight": 2, "fails": 4},
    {"label": "Thank-you", "part": True, "rating": 1, "weight": 3, "fails": 0},
    {"label": "Tell a sister", "part": False, "rating": 1, "weight": 3, "fails": 0},
]

# Chapter 7.  What forty guests expect of a good lunch place and what they find at
# Hillasoppi, from 1 to 7, by five dimensions of quality, and how they dealt out a
# hundred points of importance among them.  The questions are the course's own.
# Teaching assumptions.
QUALITY_AUDIT = [
    {"dimension": "tangibles", "expected": 4.8, "perceived": 5.6, "points": 10},
    {"dimension": "reliability", "expected": 6.6, "perceived": 5.2, "points": 35},
    {"dimension": "responsiveness", "expected": 5.9, "perceived": 5.1, "points": 20},
    {"dimension": "assurance", "expected": 6.4, "perceived": 5.9, "points": 20},
    {"dimension": "empathy", "expected": 5.3, "perceived": 6.1, "points": 15},
]

# What would just do for Tuula and what she would wish for, from 1 to 10, and what
# she found on the day of the soup.  Teaching assumptions.
ZONES = [
    {"label": "the label is right", "adequate": 9.5, "desired": 10.0, "found": 4.0},
    {"label": "warm and tasty food", "adequate": 6.0, "desired": 8.0, "found": 7.5},
    {"label": "waiting in line", "adequate": 3.5, "desired": 7.5, "found": 4.5},
    {"label": "a biscuit with the coffee", "adequate": 1.0, "desired": 5.0, "found": 7.0},
]

# Chapter 6.  The noon of data/case/lunch_queue.csv in round numbers: guests per hour
# far from the peak and what its top adds, with the minutes of its middle and width;
# seconds at a till and how much they vary; the wage at a till, EUR per hour with
# side costs.  Teaching assumptions.
LUNCH_MINUTES = 150
NOON = {"arrivals": 42, "height": 93, "middle": 60, "width": 26}
TILLS = {"count": 2, "seconds": 58, "cv": 0.5, "wage": 24}

# The interlude.  What went wrong when the diet desk was rehearsed, and how likely each
# is to show to one guest.  Teaching assumptions; their mean is the textbook's 31%.
DESK_PROBLEMS: list = [
    {"label": "walks past the desk", "chance": 0.80},
    {"label": "must turn back with a full tray", "chance": 0.55},
    {"label": "waits in two lines", "chance": 0.40},
    {"label": "is asked a diagnosis aloud", "chance": 0.30},
    {"label": "label and notebook disagree", "chance": 0.18},
    {"label": "owner is at the till just then", "chance": 0.12},
    {"label": "asks in a language nobody there speaks", "chance": 0.08},
    {"label": "a dish was swapped a minute ago", "chance": 0.05},
]

# Chapter 9.  The lunch cards of data/case/lunch_card.csv: how many of the cohort bought
# with the half-price campaign of 2022 were used each year, and which share of the seven
# earned cohorts together, each as far as it has come.
CARD_LUNCHES = 10  # on one card
HALF_PRICE_WEEKS = 3  # of that campaign
BOUGHT_CARDS = [540, 266, 150, 89]
EARNED_SHARES = [1.0, 0.7312, 0.5619, 0.4534, 0.3729, 0.318, 0.2731, 0.2413]
# What a used card leaves a year after food and work, what half a card of ten lunches
# gave away, and what Linh's hour a month would cost for each, in EUR.  Teaching
# assumptions, and so is what they would do.
CARD_MONEY = {"margin": 40, "given": 65, "spend": 3}

# Chapter 10.  One year and 20,000 euros.  The guests are the cards in use in 2025 and
# `retention` the share of those of 2024 among them, both from data/case/lunch_card.csv;
# marks and importance (1 to 7) are the means of data/case/survey.csv, rounded.  The rest
# are teaching assumptions: what a guest leaves in a year (EUR; her own card leaves some 40,
# see chapter 9, the rest is the table that comes along) and which share of what is paid
# that is, the discount rate, how many years a guest who stays is counted for, and what the
# whole of a lever costs (EUR; the job card of chapter 8, labels and a desk, a biscuit with
# every lunch).
ONE_YEAR: dict = {
    "guests": 991,
    "retention": 718 / 955,
    "margin": 100.0,
    "margin_share": 0.35,
    "rate": 0.1,
    "years": 3,
    "lunch_days": 217,
    "whole": {"desk": 7380.0, "jobs": 4160.0, "gesture": 5700.0},
    "marks": {
        "speed": 4.17, "friendliness": 5.82, "special_diets": 4.07, "taste": 5.73,
        "price_fairness": 5.17, "ambience": 5.53, "opening_hours": 4.32, "dessert_extra": 5.72,
    },
    "importance": {
        "speed": 6.24, "friendliness": 6.01, "special_diets": 5.74, "taste": 6.29,
        "price_fairness": 5.56, "ambience": 4.34, "opening_hours": 3.96, "dessert_extra": 3.17,
    },
}  # fmt: skip
# How wide somebody who knows nothing yet may think: a low and a high end for each belief
# of `servicedesign.deciding`.  Nobody measured any of them.
WIDE_BELIEFS = {
    "speed": (0.0, 1.0),
    "diets": (0.0, 2.0),
    "resources": (0.0, 1.5),
    "demands": (-0.5, 0.5),
    "friendliness": (0.0, 1.0),
    "gesture": (-0.5, 1.0),
    "fairness": (0.0, 0.5),
    "visits": (0.0, 3.0),
    "staying": (0.0, 2.0),
}
