"""What stands around a page's text, and what of it the search reads."""

from __future__ import annotations

import pytest

from studybook.shell import sentences


@pytest.mark.parametrize(
    ("html", "read"),
    [
        ("<p>One.</p><p>Two.</p>", "One. Two."),
        ("<p>It&#x27;s 3 &lt; 5</p>", "It's 3 < 5"),
        ("<p>Seen</p><svg viewBox='0 0 1 1'><title>drawn</title></svg>", "Seen"),
        ("<style>p{color:red}</style><script>run()</script>read", "read"),
        (
            "<label>Rate <select><option>slow</option></select></label><button>Reset</button>",
            "Rate",
        ),
        ("<figure><figure>a</figure><p>b</p></figure><p>c</p>", "c"),
        ("</svg><p>what a stray end leaves</p>", "what a stray end leaves"),
    ],
)
def test_the_search_reads_what_is_a_sentence_and_no_mark_of_html(html, read):
    assert " ".join(sentences(html).split()) == read
