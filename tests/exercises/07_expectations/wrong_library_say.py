# recognised as: the library's work
from servicedesign.exercises import expectations as answers


def may_say(study, claim):
    return answers.verdict(study, claim)
