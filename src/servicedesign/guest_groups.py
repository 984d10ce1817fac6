"""What the guests of Hillasoppi answered, group by group, as sums.

The live figure of chapter 4 runs in the reader's browser, where the tables of
answers would be heavy and slow to add up; a test holds these sums to the tables
``survey`` and ``kano``.  The answers are invented for teaching.
"""

# In the order of the sums below.
ATTRIBUTES = (
    "speed",
    "friendliness",
    "special_diets",
    "taste",
    "price_fairness",
    "ambience",
    "opening_hours",
    "dessert_extra",
)
FEATURES = (
    "allergen_label",
    "quick_lane",
    "coffee_biscuit",
    "live_music",
    "loud_screens",
    "app_ordering",
)
# The feature that the Kano questions asked about where an attribute has one.
FEATURE_OF = {
    "speed": "quick_lane",
    "special_diets": "allergen_label",
    "ambience": "live_music",
    "dessert_extra": "coffee_biscuit",
}

# What a tenth of a point of better performance costs, EUR.  Teaching assumption.
COSTS = {
    "speed": 250,
    "friendliness": 300,
    "special_diets": 120,
    "taste": 400,
    "price_fairness": 350,
    "ambience": 150,
    "opening_hours": 200,
    "dessert_extra": 80,
}
# Tenths of a point that labels on every dish are worth.  Teaching assumption.
LABEL_STEPS = 10

# "importance" and "performance": sums of marks from 1 to 7 by attribute;
# "goes_along": correlation of the attribute's marks with satisfaction;
# "kano": by feature, answers counted in the order of priorities.KANO_CATEGORIES.
GROUPS: dict = {
    "everybody": {
        "guests": 143,
        "importance": [893, 860, 821, 899, 795, 621, 566, 454],
        "performance": [596, 832, 582, 819, 740, 791, 618, 818],
        "goes_along": [0.442, 0.2742, 0.1331, 0.4629, 0.1511, 0.3575, 0.1578, 0.1024],
        "kano": [
            [64, 17, 15, 46, 0, 1],
            [16, 75, 30, 21, 0, 1],
            [0, 9, 85, 47, 1, 1],
            [0, 0, 31, 83, 28, 1],
            [0, 0, 4, 47, 91, 1],
            [0, 6, 48, 59, 29, 1],
        ],
    },
    "with_diet": {
        "guests": 31,
        "importance": [189, 181, 203, 197, 169, 133, 121, 97],
        "performance": [128, 178, 107, 177, 165, 172, 127, 185],
        "goes_along": [0.5462, 0.534, 0.3846, 0.4964, 0.1146, 0.3382, 0.3371, 0.3977],
        "kano": [
            [25, 5, 0, 0, 0, 1],
            [4, 15, 8, 3, 0, 1],
            [0, 3, 20, 7, 0, 1],
            [0, 0, 9, 14, 7, 1],
            [0, 0, 0, 11, 19, 1],
            [0, 1, 9, 15, 5, 1],
        ],
    },
    "without_diet": {
        "guests": 112,
        "importance": [704, 679, 618, 702, 626, 488, 445, 357],
        "performance": [468, 654, 475, 642, 575, 619, 491, 633],
        "goes_along": [0.402, 0.1922, 0.099, 0.456, 0.157, 0.366, 0.1134, 0.0015],
        "kano": [
            [39, 12, 15, 46, 0, 0],
            [12, 60, 22, 18, 0, 0],
            [0, 6, 65, 40, 1, 0],
            [0, 0, 22, 69, 21, 0],
            [0, 0, 4, 36, 72, 0],
            [0, 5, 39, 44, 24, 0],
        ],
    },
    "office": {
        "guests": 57,
        "importance": [355, 343, 319, 360, 322, 242, 220, 177],
        "performance": [234, 328, 227, 329, 304, 319, 243, 311],
        "goes_along": [0.4218, 0.2662, 0.1744, 0.5022, 0.2226, 0.3541, 0.0025, 0.0666],
        "kano": [
            [28, 6, 6, 16, 0, 1],
            [10, 33, 9, 4, 0, 1],
            [0, 3, 34, 18, 1, 1],
            [0, 0, 10, 34, 12, 1],
            [0, 0, 2, 20, 34, 1],
            [0, 0, 17, 31, 8, 1],
        ],
    },
    "trades": {
        "guests": 29,
        "importance": [180, 175, 170, 182, 153, 127, 104, 95],
        "performance": [116, 171, 123, 167, 146, 156, 133, 174],
        "goes_along": [0.5569, 0.4757, 0.0102, 0.3988, 0.2413, 0.2839, 0.3473, 0.1131],
        "kano": [
            [15, 2, 1, 11, 0, 0],
            [6, 14, 3, 6, 0, 0],
            [0, 2, 20, 7, 0, 0],
            [0, 0, 5, 19, 5, 0],
            [0, 0, 0, 10, 19, 0],
            [0, 5, 15, 9, 0, 0],
        ],
    },
    "student": {
        "guests": 23,
        "importance": [142, 142, 132, 149, 125, 101, 102, 77],
        "performance": [106, 133, 95, 132, 116, 136, 100, 137],
        "goes_along": [0.2788, 0.1766, 0.0132, 0.3674, 0.2031, 0.2818, 0.528, 0.2468],
        "kano": [
            [8, 2, 6, 7, 0, 0],
            [0, 12, 7, 4, 0, 0],
            [0, 2, 11, 10, 0, 0],
            [0, 0, 5, 15, 3, 0],
            [0, 0, 1, 5, 17, 0],
            [0, 1, 14, 8, 0, 0],
        ],
    },
    "senior": {
        "guests": 24,
        "importance": [154, 140, 139, 145, 137, 103, 99, 73],
        "performance": [100, 140, 95, 132, 127, 127, 101, 134],
        "goes_along": [0.5197, 0.1047, 0.2503, 0.4908, -0.337, 0.5035, -0.0324, -0.0187],
        "kano": [
            [5, 6, 2, 11, 0, 0],
            [0, 10, 8, 6, 0, 0],
            [0, 1, 14, 9, 0, 0],
            [0, 0, 6, 11, 7, 0],
            [0, 0, 1, 9, 14, 0],
            [0, 0, 0, 4, 20, 0],
        ],
    },
    "parent": {
        "guests": 10,
        "importance": [62, 60, 61, 63, 58, 48, 41, 32],
        "performance": [40, 60, 42, 59, 47, 53, 41, 62],
        "goes_along": [0.5634, 0.3521, 0.1147, 0.431, 0.4729, 0.3636, 0.041, 0.0278],
        "kano": [
            [8, 1, 0, 1, 0, 0],
            [0, 6, 3, 1, 0, 0],
            [0, 1, 6, 3, 0, 0],
            [0, 0, 5, 4, 1, 0],
            [0, 0, 0, 3, 7, 0],
            [0, 0, 2, 7, 1, 0],
        ],
    },
}
