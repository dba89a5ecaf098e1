"""Every count in the lists and on the pages about the archive, computed again from the data files."""

from __future__ import annotations

import html
import re
from collections import Counter

from tests.sentences.built import MONTHS, Site, number, plain


def test_lists_count_what_the_data_hold(site: Site) -> None:
    documents = site.texts.values()
    axes = {
        "publishers": Counter(row["publisher"] or "no publisher stated" for row in documents),
        "authors": Counter(name.casefold() for row in documents for name in set(row["author"])),
        "tags": Counter(name for row in documents for name in {tag.casefold() for tag in row["tags"]}),
    }
    for axis, expected in axes.items():
        for path in [site.folder / f"{axis}.html", *site.folder.glob(f"{axis}-*.html")]:
            rows = re.findall(r'<bdi>(.*?)</bdi></a><span class="count">([\d,]+)</span>', path.read_text("utf-8"))
            for name, count in rows:
                shown = html.unescape(name)
                if shown != "no author stated":
                    assert number(count) == expected[shown if axis == "publishers" else shown.casefold()], (axis, name)


def test_the_totals_are_those_of_the_data(site: Site) -> None:
    sizes = [len(row["members"]) for row in site.rows("works")]
    kinds = Counter(row["relation"] for row in site.rows("relations") if not row["doubtful"])
    page = plain(site.page("build.html"))
    for said, count in {
        "texts published": len(site.texts), "works": len(sizes),
        "works with more than one witness": sum(size > 1 for size in sizes),
        "pairs that are copies": kinds["mirror"], "pairs that are revisions": kinds["revision"],
        "pairs where one contains the other": kinds["contains"], "pairs that share a part": kinds["excerpt"],
        "doubtful pairs": sum(row["doubtful"] for row in site.rows("relations")),
    }.items():  # fmt: skip
        assert f" {said} {count:,} " in page, said
    publishers = {row["publisher"] for row in site.texts.values()} - {None}
    home = plain(site.page("index.html"))
    assert f"It holds {len(site.texts):,} pages" in home
    assert not publishers or f" from {len(publishers):,} publisher" in home


def test_more_axes_count_what_the_data_hold(site: Site) -> None:
    """Sources, years and months; the list behind each count is as long as it says."""
    documents = site.texts.values()
    years = Counter((row["date_edtf"] or "    ")[:4].strip() for row in documents)
    for year, count in re.findall(r">(\d{4})</a> <span class=\"second\">([\d,]+)</span>", site.page("dates.html")):
        assert number(count) == years[year], year
        assert f"{count} text{'' if count == '1' else 's'} state" in plain(site.page(f"dates/{year}.html")), year
    received = Counter(row["received_from"] or "no source noted" for row in documents)
    for page in ("sources", "publishers", "authors", "languages"):
        rows = re.findall(
            r'<a href="([^"]+)"><bdi>(.*?)</bdi></a><span class="count">([\d,]+)</span>', site.page(f"{page}.html")
        )
        assert rows, page
        for path, name, count in rows:
            assert page != "sources" or number(count) == received[html.unescape(name)], name
            heads = re.findall(r"<h2>.*?([\d,]+) texts?\b", site.page(path))
            assert number(count) in map(number, heads), (path, count, heads)


def test_the_chart_counts_what_is_dated(site: Site) -> None:
    dated = sum(bool(row["date_edtf"]) for row in site.texts.values())
    home = plain(site.page("index.html"))
    said = re.search(r"([\d,]+) texts? states? a date\.(?: The other ([\d,]+|one) (?:are|is))?", home)
    assert said or not dated
    if said:
        rest = said[2] or "0"
        assert (number(said[1]), 1 if rest == "one" else number(rest)) == (dated, len(site.texts) - dated)
    months = Counter((row["date_edtf"] or "")[:7] for row in site.texts.values())
    peak = re.search(r"The fullest month is (\w+) (\d{4}) with ([\d,]+)\.", home)
    if peak:
        assert months[f"{peak[2]}-{MONTHS.index(peak[1]) + 1:02}"] == number(peak[3]) == max(
            count for month, count in months.items() if len(month) == 7
        )  # fmt: skip


def test_the_most_copied_works_are(site: Site) -> None:
    sizes = sorted((sum(one in site.texts for one in row["members"]) for row in site.rows("works")), reverse=True)
    pages = [site.page("copied.html"), *(site.page(f"copied-{at}.html") for at in range(2, 99)
                                         if (site.folder / f"copied-{at}.html").is_file())]  # fmt: skip
    entries = [
        one for page in pages for one in re.findall(r'<li><a href="work/([^"]+)\.html".*?</li>', page, re.DOTALL)
    ]
    said = [number(one) for page in pages for one in re.findall(r'class="count">([\d,]+) witnesses', page)]
    assert said == [size for size in sizes if size > 1]
    assert len(entries) == len(said)
    home = plain(site.page("index.html"))
    several = re.search(
        r"They are witnesses of ([\d,]+) works?; (?:([\d,]+) of these ha(?:s|ve) more than one|no work)", home
    )
    assert several
    assert (number(several[1]), number(several[2] or "0")) == (sum(map(bool, sizes)), len(said))


def test_shared_works_of_publishers_are_those_of_the_data(site: Site) -> None:
    rows = re.findall(
        r'<th scope="row"><bdi>(.*?)</bdi>,<br><bdi>(.*?)</bdi></th>\s*<td[^>]*><a[^>]*>([\d,]+)<.*?</tr>',
        site.page("carriage.html"),
        re.DOTALL,
    )
    shared: Counter[tuple[str, str]] = Counter()
    for row in site.rows("works"):
        names = sorted({site.texts[one]["publisher"] for one in row["members"] if one in site.texts} - {None})
        shared.update((first, second) for at, first in enumerate(names) for second in names[at + 1 :])
    for first, second, count in rows:
        assert shared[html.unescape(first), html.unescape(second)] == number(count), (first, second)
    assert len(rows) == len(shared) or len(rows) >= 100


def test_lines_by_label_and_rule_are_those_of_the_data(site: Site) -> None:
    page = site.page("build.html")
    blocks = [(id_, one, one["last"] - one["first"] + 1) for id_, row in site.texts.items() for one in row["blocks"]]
    labels: Counter[str] = Counter()
    rules: Counter[str] = Counter()
    used: dict[str, set[str]] = {}
    for id_, one, lines in blocks:
        labels[one["label"]] += lines
        if one["label"] != "body":
            rules[one["rule"]] += lines
            used.setdefault(one["rule"], set()).add(id_)
    by_label = page.partition('id="lines"')[2].partition("</section>")[0]
    assert sorted(number(one) for one in re.findall(r'<td class="n">([\d,]+)</td>', by_label) if one != "0") == sorted(
        labels.values()
    )
    said: Counter[str] = Counter()
    for rule, lines, pages in re.findall(
        r'<code>(.*?)</code></th><td>.*?</td><td class="n">([\d,]+)</td><td class="n">([\d,]+)</td>', page
    ):
        said[html.unescape(rule).replace("\u200b", "")] += number(lines)
        assert number(pages) <= len(used[html.unescape(rule)]), rule
    assert all(rules[rule] == lines for rule, lines in said.items()) or len(said) >= 100
    paragraphs = sum(len(row["body"].split("\n\n")) for row in site.texts.values() if row["body"])
    assert f" paragraphs of text {paragraphs:,} " in plain(page)


def test_doubts_are_the_same_on_every_page(site: Site) -> None:
    """What text pages say of their lines adds up to what the pages about the archive say."""
    doubtful = disagreeing = 0
    for id_, page in site.pages():
        said = re.search(
            r"([\d,]+) lines? (?:was|were) classified with low confidence \(under \d+%\): "
            r"([\d,]+) in the text.*?, ([\d,]+) set aside\.",
            plain(page),
        )
        if said:
            doubtful += number(said[1])
            assert number(said[1]) == number(said[2]) + number(said[3]), id_
        disagreeing += " disagree; all are listed above." in page
    build, about = plain(site.page("build.html")), plain(site.page("about.html"))
    lines = sum(one["last"] - one["first"] + 1 for row in site.texts.values() for one in row["blocks"])
    assert f" lines classified with low confidence {doubtful:,} " in build
    assert f" texts whose statements disagree {disagreeing:,} " in build
    assert f"In this archive {doubtful:,} of {lines:,} lines were classified with low confidence; " in about


def test_recurring_boilerplate_is_where_it_is_said_to_be(site: Site) -> None:
    """Each line is on as many pages as are listed below it, of so many works, and is set aside there."""
    for path in [site.folder / "atlas.html", *site.folder.glob("atlas-*.html")]:
        for line in re.findall(r'<li id="f\d+">(.*?)\n</li>', path.read_text("utf-8"), re.DOTALL):
            pages, works = map(number, re.findall(r"on ([\d,]+) pages of ([\d,]+) works", line)[0])
            ids = re.findall(r'<a href="t/([^"]+)\.html">', line)
            more = re.search(r"<li>and ([\d,]+) more</li>", line)
            assert len(ids) + (number(more[1]) if more else 0) == pages, line[:90]
            assert more or len({site.texts[one]["work"] for one in ids}) == works, line[:90]
