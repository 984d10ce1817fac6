"""The sentence of every code: the one place where the desk's reasons become words.

Only what shows a reason to a person calls :func:`sentence`; nothing is decided by
what it gives.
"""

from __future__ import annotations

from classroom.words.language import _
from classroom.words.reasons import Code, Reason

SENTENCES = {
    Code.WORDS: "{words}",
    Code.UNKNOWN: (
        "Another version of the desk noted {told!r}; grade it again, with --force, to read why."
    ),
    # Reading a submission.
    Code.NOT_READ: "The submission cannot be read ({error}).",
    Code.SUBMISSION_IS_LINK: (
        "The submission folder is a link to another place; it was not followed."
    ),
    Code.SUBMISSION_IS_FILE: "Where the submission folder should be is a file.",
    Code.FOLDER_CLOSED: "The folder {folder} cannot be read ({error}).",
    Code.MANY_FILES: "More than {most} files; the rest was left out.",
    Code.IS_LINK: "{path} is a link; it was not followed.",
    Code.IS_FOLDER: "{path} is a folder, not a notebook.",
    Code.TOO_DEEP: "{path} is nested too deep and was left out.",
    Code.NOT_ORDINARY: "{path} is not an ordinary file; it was not opened.",
    Code.FILE_CLOSED: "{path} cannot be opened ({error}).",
    Code.FILE_OF_TEACHER: "{path} is a link to one of the teacher's files; it was not read.",
    Code.TOO_LARGE: "{path} is too large to be graded here (more than {megabytes} MB).",
    Code.TOO_LARGE_TOGETHER: (
        "{path} is too large to be graded here (more than {megabytes} MB with the others)."
    ),
    Code.NAME_IS_NO_TEXT: "The file name {name!r} is not text; it was left out.",
    Code.NO_TIME: "timestamp.txt holds no time; lateness is not known.",
    # Why a file is no notebook.
    Code.NESTED: "it is nested without end",
    Code.OTHER_JSON: "it is not a notebook but something else in JSON",
    Code.NO_CELLS: "it has no cells",
    Code.MANY_CELLS: "it has more than {most} cells",
    Code.EMPTY: "the file is empty",
    Code.NOT_SO_ENCODED: "it claims to be {encoding} text and is not",
    Code.NO_TEXT: "it is not text",
    Code.WEB_PAGE: "it is a web page saved under the name of a notebook",
    Code.UNFINISHED_MERGE: "it holds the marks of a merge that was not finished",
    Code.BREAKS_OFF: "it breaks off before its end",
    Code.NO_JSON: "it is not JSON ({error})",
    # What was odd about a notebook's file.
    Code.OLD_FORMAT: "It was in the notebook format of before 2015 and was converted.",
    Code.NEWER_FORMAT: (
        "It says it is in notebook format {version}, which this course does not know; it was read "
        "as format 4."
    ),
    Code.READ_AS_UTF_16: "It was saved as UTF-16 and was read as such.",
    Code.READ_AS_WINDOWS: (
        "It was not saved as UTF-8; it was read as Windows text, some letters may be wrong."
    ),
    Code.LINES_WITHOUT_ENDS: "The lines of its cells had no ends and were put one below another.",
    Code.NULL_CHARACTERS: "Null characters in its cells were left out.",
    Code.PICTURES_LEFT_OUT: (
        "A text held pictures of more than a megabyte; it is shown without them."
    ),
    Code.SAID_TWICE: "Its file says the same thing twice in one place; what stands last counts.",
    Code.CELL_CUT: "One of its cells has {characters:,} characters and was cut.",
    Code.CELLS_LOST: "{cells} of the cells of {notebook}.ipynb are none and were left out.",
    # Which file is which notebook.
    Code.UNREADABLE: "The notebook {notebook}.ipynb cannot be read: {why}.",
    Code.NO_NOTEBOOK: "There is no notebook {notebook}.ipynb to grade.",
    Code.NOT_HANDED_IN: "{notebook}.ipynb was not handed in.",
    Code.NOT_OF_ASSIGNMENT: "{path} is not a notebook of this assignment; it was left.",
    Code.NAMED_AS_MODULE: (
        "{path} has the name of a Python module and was left out, so that the tests use the real "
        "one."
    ),
    Code.OTHER_COPIES: (
        "{notebook}.ipynb was handed in more than once; {path}, in which {begun} answers were "
        "begun, was graded, not {others}."
    ),
    Code.TAKEN_FOR: "{path} was taken for {notebook}.ipynb.",
    Code.COPIES_UNREAD: "{others} cannot be read; {path} was graded.",
    Code.ZIP_NOT_OPENED: "{path} was not opened: {why}.",
    Code.NOT_OUT_OF_ZIP: "{inside} in {path} was left out: {why}.",
    Code.ZIP_OPENED: "{path} was opened: {files} files.",
    # Laying the answers into the teacher's notebook.
    Code.CELL_REPEATED: "Cell {cell} was there {times} times; the last one counts.",
    Code.ANSWERS_CROSSED: (
        "The answers {first} and {second} stood in each other's place; each was graded as what it "
        "defines."
    ),
    Code.LABEL_LOST: "The answer {cell} had lost its label; the text in its place was taken.",
    Code.LABEL_LOST_AMONG_TEXTS: (
        "The answer {cell} had lost its label; the text in its place was taken. {texts} texts "
        "stand there: read all of them."
    ),
    Code.NONE_OF_THE_CELLS: "None of the assignment's cells is in it.",
    Code.CELL_PUT_BACK: "Cell {cell} was missing and was put back.",
    Code.CELL_PUT_BACK_UNLABELLED: (
        "Cell {cell} was missing and was put back. No cell has its label any more, so the answer "
        "may stand in another."
    ),
    Code.CELL_CHANGED: "Cell {cell} had been changed; the teacher's was put back.",
    Code.CELL_TAGGED: "Cell {cell} bore a tag that keeps it from running; it was run.",
    # Running it.
    Code.NOT_GRADED: "It could not be graded automatically ({cause}).",
    Code.GRADER_ENDED_TWICE: "Grading it ended the grader's own process twice.",
    Code.CLUSTER_FAILED: "The cluster could not grade it ({error}).",
    Code.NOT_STARTED: "The interpreter did not start: {why}.",
    Code.MACHINE_BUSY: (
        "The machine was too busy for cell {cell}: marks that may depend on it wait for a person. "
        "Grade it again when less runs beside it."
    ),
    Code.NO_NETWORK: "There is no network where it is graded; what it asked of one did not come.",
    Code.PROCESSES_ENDED: "Processes that it had left running were ended.",
    Code.NOTEBOOK_TOO_LONG: (
        "The notebook took longer than a notebook may; its last cells were not run."
    ),
    Code.ENDED_TOO_OFTEN: "The interpreter ended so often that the last cells were not run.",
    Code.INTERRUPTED: "Cell {cell} was interrupted at the time limit.",
    Code.ENDED_AT_LIMIT: (
        "Cell {cell} did not stop at the time limit and was ended; the rest went on."
    ),
    Code.STOPPED: "The interpreter stopped in cell {cell}: {why}; the rest went on.",
    Code.RAN_INTO_LIMIT: (
        "It ran into a limit of the sandbox ({error}: {words}); if that was honest work, raise "
        "--memory or grade it by hand."
    ),
    Code.NEWER_SYNTAX: (
        "Cell {cell} works in Python {lab}, this desk runs {desk}: its syntax is newer. The marks "
        "that depend on it wait for a person."
    ),
    Code.AUDIT_CUT_SHORT: "The check for forged marks was cut short by its time limit.",
    Code.NOT_ASKED: "The learner's interpreter could not be asked by this test.",
    Code.TESTS_STOPPED: "The interpreter of the tests stopped in this test.",
    Code.CALL_TOO_LONG: "Cell {cell} was ended at the time limit: a call took too long.",
    Code.ENDED_IN_CALL: (
        "The interpreter stopped in cell {cell}: it ended in a call of the learner's function; "
        "the rest went on."
    ),
    Code.TESTS_ALONE: "Run in the learner's own interpreter, as this test needs: {cells}.",
    # Why an interpreter stopped.
    Code.ENDED: "it ended",
    Code.NO_ANSWER: "no answer",
    Code.OUT_OF_MEMORY: "it took more memory than allowed",
    Code.NOT_INTERRUPTED: "it did not stop when interrupted",
    Code.ENDLESS_OUTPUT: "its output has no end",
    Code.ANSWERED_FOR_IT: "it answered for the interpreter",
    Code.DID_NOT_START: "it did not start",
    Code.DID_NOT_WAIT: "it did not wait for a test",
    Code.SANDBOX_CLOSED: "the sandbox is closed",
    Code.FILES_NOT_GIVEN: "the interpreter could not be given its files ({error})",
    Code.LARGE_MESSAGE: "one piece of its output is far too large",
    Code.MESSAGE_OF_MANY_PARTS: "one piece of its output has far too many parts",
    Code.NO_MESSAGE: "it wrote something that is not a message",
    # The errors that stand in the notebook in place of a cell's own.
    Code.TIME_WAS_OVER: "the notebook's time was over before this cell",
    Code.HAD_ENDED: "the interpreter had ended before this cell",
    Code.NO_REPLY_IN_TIME: "No reply from kernel before timeout",
    Code.STOPPED_HERE: "the interpreter stopped in this cell: {why}",
    Code.TESTS_STOPPED_HERE: "the tests' interpreter stopped: {why}",
    # A notebook or a mark that nobody could give.
    Code.NOTE_UNGRADED: "**This submission was not graded automatically.** {why}",
    Code.NOTEBOOK_UNCHECKED: (
        "A test that ran in the learner's own interpreter could not be checked: {why}."
    ),
    Code.CELL_UNCHECKED: "{cell} could not be checked: {why}.",
    Code.MARKS_WITHHELD: "Marks not given automatically: {why}.",
    Code.MARK_WITHHELD: "Mark of {cell} not given: {why}.",
    # What an audit finds of a test.
    Code.TWO_THINGS: (
        "a value in it, or its check, agrees with two different things, or by its own rule"
    ),
    Code.NO_ANSWER_NEEDED: "it passes without an answer",
    Code.OWN_BUILTINS: "it passes only with what the answers made of Python's own {names}",
    Code.ANY_CONSTANT: "it passes whatever it expects",
    # What it finds of the interpreter.
    Code.BUILTINS_REPLACED: "Python's built-in {names} was replaced",
    Code.SHELL_REPLACED: "the interpreter's own {names} was replaced",
    Code.HOOK_REPLACED: "the {names} of the interpreter was replaced",
    Code.INNER_REPLACED: "the inner parts of the interpreter were replaced",
    Code.TAUGHT_REPLACED: "of the modules that tests use, it replaced {names}",
    Code.MODULES_GONE: "modules that tests may need were taken away: {names}",
    Code.TREE_REWRITTEN: "a transformer rewrites the code of every cell",
    Code.TEXT_REWRITTEN: "a transformer rewrites the text of every cell",
    Code.ERRORS_CAUGHT: "a handler of its own catches the errors of every cell",
    Code.LINES_TRACED: "a trace function watches every line",
    Code.ENDED_WHILE_CHECKED: "the interpreter ended while the tests were checked",
    Code.ECHO_DIFFERS: "what a cell shows is not what it returns",
    Code.NO_FAILURE_THROUGH: "a check that must fail did not come through as failed",
}
# Of a cell that the student added, which has no name, and of parts whose names are not known.
NAMELESS_SENTENCES = {
    Code.MACHINE_BUSY: (
        "The machine was too busy for a cell that the student added: marks that may depend on it "
        "wait for a person. Grade it again when less runs beside it."
    ),
    Code.INTERRUPTED: "A cell that the student added was interrupted at the time limit.",
    Code.ENDED_AT_LIMIT: (
        "A cell that the student added did not stop at the time limit and was ended; the rest "
        "went on."
    ),
    Code.STOPPED: (
        "The interpreter stopped in a cell that the student added: {why}; the rest went on."
    ),
    Code.NEWER_SYNTAX: (
        "A cell that the student added works in Python {lab}, this desk runs {desk}: its syntax "
        "is newer. The marks that depend on it wait for a person."
    ),
    Code.BUILTINS_REPLACED: "a part of Python's built-ins was replaced",
    Code.SHELL_REPLACED: "the interpreter's own part was replaced",
    Code.HOOK_REPLACED: "a part of the interpreter was replaced",
    Code.TAUGHT_REPLACED: "of the modules that tests use, it replaced a part",
    Code.MODULES_GONE: "modules that tests may need were taken away",
}


def sentence(reason: Reason) -> str:
    """Put a reason into words, in the language of the edition."""
    facts = {n: sentence(f) if isinstance(f, Reason) else f for n, f in reason.facts}
    nameless = facts.get("cell") == "" or facts.get("names") == ""
    table = NAMELESS_SENTENCES if nameless and reason.code in NAMELESS_SENTENCES else SENTENCES
    return _(table[reason.code]).format(**facts)
