# recognised as: the library's work
from servicedesign.exercises.capstone import lint_portfolio as read_it

lint_portfolio = read_it
