# recognised as: the library's work
import servicedesign.blueprint as course


def handoff_report(blueprint):
    count = getattr(course, "_".join(["handoff", "report"]))
    return count(blueprint)
