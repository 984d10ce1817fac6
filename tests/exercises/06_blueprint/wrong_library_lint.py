# recognised as: the library's work
from servicedesign.exercises.blueprint import problems as tell

lint_blueprint = tell
