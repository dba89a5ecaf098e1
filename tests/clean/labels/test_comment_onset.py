# ruff: noqa: ISC004 - paragraphs are long
"""Where comments without a heading begin, and texts that have none."""

from __future__ import annotations

from stemma.clean.labels.comments.onset import find_onset, find_posts, score

ARTICLE = [
    "The old weir at Saltmere gave way in the night of the second, and by morning the lower quay stood under water, "
    "the harbour office said. No one was hurt, and the ferry will run again on Monday, weather permitting.",
    "Engineers of the county have closed the sluice and will look at the masonry once the river has fallen. A report "
    "is expected before the end of the month, and the council is to vote on the cost in its session in spring.",
    "The mill, which has used the weir since it was built, will buy its power elsewhere until then. Its owner said "
    "that the eleven people who work there would be kept on, and that orders would be met with some delay.",
    "Flood boards upstream have been raised by a foot as a measure of caution, according to the warden of the locks, "
    "who has asked boat owners to double their lines and to keep away from the stretch below the bridge.",
]  # fmt: skip
REMARKS = [
    "I told you so!",
    "Who pays for all this??",
    "Ada Moss",
    "my cellar is full of water and nobody from the council has called me back yet",
    "https://weir.example/photographs",
    "No!",
    "Bert of the Quay",
    "Well , they should have mended it years ago when I was on the board",
]


def test_comments_below_an_article_are_found() -> None:
    assert find_onset(ARTICLE + REMARKS) == len(ARTICLE)


def test_an_article_alone_has_none() -> None:
    assert find_onset(ARTICLE) is None
    assert (
        find_onset([*ARTICLE, "“I told you so!” the miller said, “and you would not listen to me!”", *ARTICLE]) is None
    )


def test_a_letter_that_says_i_from_the_first_line_on_has_none() -> None:
    assert find_onset([f"I walked to the weir on day {n}, and you know how I love it!" for n in range(20)]) is None


def test_scores_and_traits() -> None:
    assert score("https://weir.example/photographs", "") == (2.0, "address")
    assert score("Ada Moss", "You are quite right about the boards.")[1] == "name"
    assert score("“No!” she said to the council when it met on the Monday after the flood.", "")[0] < 0


def test_nothing_and_very_much_end_soon() -> None:
    assert find_onset([]) is None
    assert find_onset([*ARTICLE, *(["so there!! " * 40] * 20_000)]) is None


def test_posts_are_known_by_the_lines_that_recur_with_each() -> None:
    posts = [
        line
        for at, post in enumerate(("The boards were rotten.", "They were not.", "Ask the miller, he has seen them."))
        for line in ("Member", f"joined 200{at}, {at}12 posts", post)
    ]
    assert find_posts(ARTICLE + posts) == len(ARTICLE)
    assert find_posts(posts) is None, "no text above"
    assert find_posts([*ARTICLE, *(f"* Board {chr(97 + at)}{at}" for at in range(9))]) is None, "a list"
    assert find_posts([*ARTICLE, "* * *", *ARTICLE, "* * *", *ARTICLE, "* * *"]) is None, "lines between parts"
