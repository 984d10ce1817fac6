"""How each table of the case Hillasoppi is made: one module a corner of the house.

Every number below is a teaching assumption. Nobody was asked, nobody was watched.
"""
