"""How nbgrader finds and treats this course.

Plain commands work from here: ``nbgrader generate_assignment 03_value``,
``nbgrader autograde 03_value``, ``nbgrader generate_feedback 03_value``, and
formgrader in JupyterLab.  What is not set here keeps nbgrader's default.
"""

from classroom import behind_walls

c = get_config()  # noqa: F821, handed over by nbgrader

# `nbgrader autograde` and formgrader run student code in a sandbox where one can be
# built, and say so where none can. See "With plain nbgrader" in the teacher's guide.
behind_walls(c)

c.CourseDirectory.course_id = "promise-path-people"
# What is written and what is handed out, in the words of this repository.
c.CourseDirectory.source_directory = "solutions"
c.CourseDirectory.release_directory = "exercises"
# Notebooks write what they produce into artefacts/; nobody hands that out or in.
c.CourseDirectory.ignore = [
    ".ipynb_checkpoints",
    "*.pyc",
    "__pycache__",
    ".pytest_cache",
    "artefacts",
    "feedback",
]

# The stub that stands for a solution: loud when called, and no more than that.
c.ClearSolutions.code_stub = {
    "python": 'raise NotImplementedError("Write your code here, then delete this line.")'
}
c.ClearSolutions.text_stub = "*Write here.*"

# A cell of a right answer takes well under a second; an endless loop is cut off
# here, and the cells after it are still graded.
c.Execute.timeout = 30
c.Execute.interrupt_on_timeout = True
