"""The walls for plain nbgrader, under the names that a course's configuration carries.

A grading key holds these names: under others every class would be graded anew.
"""

from classroom.grading.plain import Execute, Restore, SaveAutoGrades

__all__ = ["Execute", "Restore", "SaveAutoGrades"]
