"""Where pages name their author and their day: invented pages, and what they do not say."""

from __future__ import annotations

import pytest

from stemma.records import Field
from tests.clean.claims.test_extract import stated

TITLE = "title| # The ferry is late again\n"
AUTHORS = {
    "below a cue": (TITLE + "meta| By\n\nAda Quist\n\nmeta| 3 May 2020\n...", ("Ada Quist",)),
    "several below a cue": (TITLE + "meta| Von\n\nAda Quist\n\nund\n\nOle Brandt\n...", ("Ada Quist", "Ole Brandt")),
    "with what a person is": (TITLE + "Ada Quist, Staff Writer\n\nmeta| 3 May 2020\n...", ("Ada Quist",)),
    "with an address": (TITLE + "meta| By Ada Quist ada@harbour.example\n...", ("Ada Quist",)),
    "with a button": (TITLE + "meta| By Ada Quist Twitter\n...", ("Ada Quist",)),
    "and a place": (TITLE + "meta| By Anna Quist, Upper Quay\n...", ("Anna Quist",)),
    "and a paper": (TITLE + "meta| By Ada Quist, The Harbour Review\n...", ("Ada Quist",)),
    "below the text": (TITLE + "...\nmeta| Written by\n\nAnna Quist\n\nPilot and writer", ("Anna Quist",)),
    "in a profile": (TITLE + "...\nAnna Quist\n\ncredit| Anna is a writer on the coast.", ("Anna Quist",)),
    "in a profile amid the page": (
        TITLE + "meta| 3 May 2020\n...\ncomment| Anna Quist\n\ncomment| Anna Quist is the master of a ferry.\n\n...",
        ("Anna Quist",),
    ),
    "in the body's last line": (TITLE + "...\nAnna Quist", ("Anna Quist",)),
    "glued to a cue": (TITLE + "meta| May 3, 2020 byAnna Quist\n...", ("Anna Quist",)),
    "after a cue in italics": (TITLE + "meta| _por_ Ada Quist 4 mayo, 2022\n...", ("Ada Quist",)),
    "before a stroke and a date": (TITLE + "meta| By Ada Quist/May 3, 2020 9:49 am\n...", ("Ada Quist",)),
    "two with a stroke": (TITLE + "meta| By Ada Quist/Ole Brandt\n...", ("Ada Quist", "Ole Brandt")),
    "after who reviewed": (
        TITLE + "meta| Medically reviewed by Ole Brandt, MD — Written by Anna Quist\n...",
        ("Anna Quist",),
    ),
    "a desk": (TITLE + "meta| By the Harbour Desk\n...", ("the Harbour Desk",)),
    "a blog's handle": (TITLE + "meta| Posted on 3 May 2020 by quaywalker\n...", ("quaywalker",)),
    "a team": (TITLE + "meta| By\n\nThe Quay Team\n\nmeta| 3 May 2020\n...", ("The Quay Team",)),
    "one after the other": (
        TITLE + "Anna Quist Robert Brandt\n\nmeta| 3 May 2020\n...",
        ("Anna Quist", "Robert Brandt"),
    ),
    "over two lines": (
        TITLE
        + "meta| By Anna Quist, Robert Brandt, Hannah Maria Falkenberg and Michael\nFalk\n\nmeta| 3 May 2020\n...",
        ("Anna Quist", "Robert Brandt", "Hannah Maria Falkenberg", "Michael Falk"),
    ),
    "with a rank of two commas": (
        TITLE + "meta| By Anna Quist, Executive Editor, Quay Health Watch\n\nmeta| 3 May 2020\n...",
        ("Anna Quist",),
    ),
    "after a role": (TITLE + "meta| Von Hafen-Redakteurin Ada Quist\n\nmeta| 3. Mai 2020\n...", ("Ada Quist",)),
    "in Hebrew": (TITLE + "meta| מאת נועה קדמי\n\nmeta| 03.05.2020\n...", ("נועה קדמי",)),
    "in Korean": (TITLE + "meta| 2020-05-03 09:10\n\n이바다 기자\n...", ("이바다",)),
    "a suffix": (TITLE + "meta| By Ada Quist Jr.\n\nmeta| 3 May 2020\n...", ("Ada Quist Jr.",)),
    "a suffix after a comma": (
        TITLE + "meta| By Ole Brandt, Jr., and Ada Quist\n...",
        ("Ole Brandt, Jr.", "Ada Quist"),
    ),
    "a number after a name": (TITLE + "meta| By Ole Brandt III and Ada Quist\n...", ("Ole Brandt III", "Ada Quist")),
    "a nickname": (TITLE + "meta| By Ole “Skip” Brandt and Ada Quist\n...", ("Ole “Skip” Brandt", "Ada Quist")),
    "a nickname in straight quotes": (TITLE + 'meta| By Ole "Skip" Brandt\n...', ('Ole "Skip" Brandt',)),
    "an organisation with and": (
        TITLE + "meta| By Ministry of Health and Social Affairs\n\nmeta| 3 May 2020\n...",
        ("Ministry of Health and Social Affairs",),
    ),
    "a compound role": (TITLE + "meta| Von Landtagskorrespondent Ole Brandt\n...", ("Ole Brandt",)),
    "a paper's own": (TITLE + "meta| Von unserer Redakteurin Ada Quist\n\nmeta| 3. Mai 2020\n...", ("Ada Quist",)),
    "a role after a hyphen": (TITLE + "meta| Par Ada Quist - Correspondante au port\n...", ("Ada Quist",)),
    "a role after a comma": (TITLE + "meta| Por Ada Quist, corresponsal en el puerto\n...", ("Ada Quist",)),
    "a role after a dash": (TITLE + "meta| Anna Quist – Political editor\n\nmeta| 3 May 2020\n...", ("Anna Quist",)),
    "two degrees": (TITLE + "meta| Von Prof. Dr. Ada Quist\n\nmeta| 3. Mai 2020\n...", ("Prof. Dr. Ada Quist",)),
    "a place of two words": (TITLE + "meta| Ada Quist, Bad Velmen\nmeta| 3. Mai 2020\n...", ("Ada Quist",)),
    "in Japanese, beside a date": (TITLE + "meta| 2020年5月3日 山田花子記者\n...", ("山田花子",)),
    "a role without a comma": (
        TITLE + "meta| 3 May 2020\n\nAnna Quist Deputy Harbour Editor\n...",
        ("Anna Quist",),
    ),
    "a role in brackets": (TITLE + "Anna Quist (Harbour correspondent)\n\nmeta| 3 May 2020\n...", ("Anna Quist",)),
    "whom one writes for": (TITLE + "meta| By\n\nAnna Quist/HBR\n\nmeta| 3 May 2020\n...", ("Anna Quist",)),
    "of two boxes, run together": (
        TITLE + "meta| By\n\nAnna QuistRobert Brandt\n\nmeta| 3 May 2020\n...",
        ("Anna Quist", "Robert Brandt"),
    ),
    "one below the other": (
        TITLE + "meta| By\n\nAnna Quist\n\nRobert Brandt\n\nmeta| 3 May 2020\n...",
        ("Anna Quist", "Robert Brandt"),
    ),
    "beside a picture": (
        TITLE + "meta| Written by\n\nHeadshot of Anna Quist\n\nmeta| 3 May 2020\n...",
        ("Anna Quist",),
    ),
    "a whole staff": (TITLE + "meta| Written by Our Editors\n\nmeta| 3 May 2020\n...", ("Our Editors",)),
    "a cue twice": (TITLE + "meta| By By Anna Quist\n\nmeta| 3 May 2020\n...", ("Anna Quist",)),
    "initials and particles": (
        TITLE + "meta| By A. J. van der Quist\n\nmeta| 3 May 2020\n...",
        ("A. J. van der Quist",),
    ),
    "a family name that stands first": (TITLE + "高橋花子\n\nmeta| 2020年5月3日\n...", ("高橋花子",)),
    "in brackets, in Japanese": (TITLE + "meta| 2020年5月3日\n\n【高橋花子】\n...", ("高橋花子",)),
    "two Chinese reporters": (TITLE + "meta| 本报记者 张伟 李娜\n\nmeta| 2020-05-03\n...", ("张伟", "李娜")),
    "a Korean reporter with an address": (
        TITLE + "이바다 기자 sea@harbour.example\n\nmeta| 2020-05-03\n...",
        ("이바다",),
    ),
    "a role in Hindi": (TITLE + "meta| अनिल शर्मा, संवाददाता\n\nmeta| 3 मई 2020\n...", ("अनिल शर्मा",)),
    "in the Greek genitive": (TITLE + "meta| Του Νίκου Παπά\n\nmeta| 3 Μαΐου 2020\n...", ("Νίκου Παπά",)),
    "in Vietnamese": (TITLE + "meta| Tác giả: Nguyễn Văn An\n\nmeta| 03/05/2020\n...", ("Nguyễn Văn An",)),
    "with a place above a date": (
        TITLE + "Ada Brandt Quist, Vila Nova\nmeta| 3 May 2020 10:15\n...",
        ("Ada Brandt Quist",),
    ),
}
UNSIGNED = {
    "a subject": TITLE
    + "Anna Quist\n\nbody| Anna Quist has sailed this coast for forty years, and she tells how it was.\n...",
    "whoever posted it": TITLE + "meta| Posted by quaywalker on 3 May 2020\n...",
    "who only reviewed": TITLE + "Reviewed by\n\nAnna Quist\n\nmeta| 3 May 2020\n...",
    "who reviewed, beside a date": TITLE + "meta| 3 May 2020 reviewed by Anna Quist\n...",
    "a speaker": TITLE + "meta| 3 мая 2020\n\nПо словам Ивана Орлова, паром не придёт.\n...",
    "who edited a wire report": TITLE + "meta| 3 May 2020\n...\nEditing by Ada Quist and Ole Brandt",
    "a heading": TITLE + "Table of Contents\n\nmeta| 3 May 2020\n...",
    "a paper": TITLE + "Harbour Gazette\n\nmeta| 3 May 2020\n...",
    "a weekday": TITLE + "meta| Thứ Sáu, 12/05/2023 - 08:30\n...",
    "a note of a date": TITLE + "meta| Son Güncelleme: 3 Mayıs 2020\n...",
    "a word that announces a time": TITLE + "meta| 송고시간 2020-05-03 09:10\n...",
    "a page of several texts": (
        "By Anna Quist\n\nThe isle that wanted no bridge\n\nBy Ole Brandt\n\n"
        "The day I left the choir\n\nBy Robert Falk\n\nWhat lighthouses dream of\n\nBy Hanna Lorne"
    ),
    "a source": TITLE + "After the Harbour Review\n\nmeta| 3 May 2020\n...",
}
DAYS = {
    "beside a machine's stamp": ("Anna Quist 2020-05-01T10:10:52+01:00 3. Mai 2020", "2020-05-03"),
    "run into a time": ("meta| Published May 3, 20207:55 AM", "2020-05-03"),
    "run into a count": ("meta| May 3, 20201", "2020-05-03"),
    "of a change, where no other is": ("meta| Last updated: May 3, 2020", "2020-05-03"),
    "of a change, below the text": ("...\n\nmeta| This page was last modified on 3 May 2020.", "2020-05-03"),
    "of a change told to the minute": ("meta| By Anna Quist\n\nmeta| Updated May 3, 2020, 10:15 AM", "2020-05-03"),
    "beside one of a change": ("meta| May 3, 2020 | Updated July 9, 2020", "2020-05-03"),
    "after a picture's credit": ("notice| © Anna Quist\n\nmeta| 3. Mai 2020 | Aktuelles", "2020-05-03"),
    "of the nineteenth century": ("12 March 1848", "1848-03-12"),
    "of the nineteenth century, announced": (
        "meta| First published 12 March 1848 in the harbour board's own letter",
        "1848-03-12",
    ),
    "with a weekday that settles it": ("meta| Monday 03/04/2017", "2017-04-03"),
    "of the Buddhist era": ("meta| 6 มิถุนายน 2554", "2011-06-06"),
    "of the Persian calendar": ("meta| ۱۳۹۸/۰۶/۳۱ - ۱۴:۵۲", "2019-09-22"),
    "beside a machine's stamp, run together": ("Anna Quist2020-05-01T10:10:52+01:003. Mai 2020", "2020-05-03"),
    "beside a picture's caption": (
        "The harbour master on the South Quay in spring, from sea, May 1, 2018. (AP Photo/Ole)\n\nmeta| May 3, 2020",
        "2020-05-03",
    ),
    "of a Roman month": ("meta| 3.V.2020", "2020-05-03"),
    "a month alone": ("meta| May 1912", "1912-05"),
    "a year alone, announced": ("meta| First published in 1912", "1912"),
}
NO_DAYS = {
    "of a life long ago": "meta| The ferry's first master was born on 3 May 1848 and drowned there",
    "a year alone": "meta| 1912",
    "of the Hijri calendar": "meta| 10 رمضان 1441 هـ",
    "of an event that the text announces": "meta| By Anna Quist\n\n"
    "body| The council will meet on 9 June 2021 in the town hall, and everybody is invited to come.",
    "of two orders": "meta| 03/05/2020",
    "of a review": "meta| Last reviewed: May 3, 2020",
    "of a seminar": "19.1.2023, 10:00-11:30 Uhr",
    "of a week": "Wochenbericht 14. - 20. Januar 2022",
    "of a member": "Registriert: 18.09.2008, 05:56",
    "of a picture": "Archivbild (16.08.2024): Der Hafen",
    "of a caption": "The harbour master on the South Quay in the year of the storms, on May 3, 2020. (Photo: Ole)",
    "of a print": "meta| Printed: May 3, 2020",
    "of long ago, counted from now": "meta| 3 hours ago",
    "of a list": "5/13/2013| +13.1%",
}


@pytest.mark.parametrize("place", AUTHORS)
def test_who_signs(place: str) -> None:
    page, names = AUTHORS[place]
    assert stated(page)[Field.AUTHOR][0] == names


@pytest.mark.parametrize("place", UNSIGNED)
def test_who_does_not(place: str) -> None:
    assert Field.AUTHOR not in stated(UNSIGNED[place])


@pytest.mark.parametrize("place", DAYS)
def test_the_day(place: str) -> None:
    line, day = DAYS[place]
    assert stated(f"{TITLE}{line}\n...")[Field.DATE][0] == (day,)


@pytest.mark.parametrize("place", NO_DAYS)
def test_no_day_of_the_text(place: str) -> None:
    assert Field.DATE not in stated(f"{TITLE}{NO_DAYS[place]}\n...")


def test_a_change_dates_a_text_whose_title_has_its_year() -> None:
    page = "title| # The best ferries of 2020\n\nmeta| Last updated: May 3, 2020\n..."
    assert stated(page)[Field.DATE][0] == ("2020-05-03",)


@pytest.mark.parametrize(
    "below",
    [
        "comment| 2 comments\n\ncomment| Ole says:\n\nmeta| 7 May 2020 at 10:15\n\ncomment| Well said.",
        "notice| © 2019 Harbour Review. All rights reserved.",
        "related| The pier is closed\n\nmeta| 9 June 2021\n\nrelated| The bar has moved\n\nmeta| 1 July 2021",
    ],
)
def test_what_stands_below_the_text_dates_something_else(below: str) -> None:
    assert Field.DATE not in stated(f"{TITLE}meta| By Anna Quist\n\n...\n{below}")


def test_a_day_opens_the_text() -> None:
    text = "body| South Quay, 3 May 2020 – The ferry came in late, and nobody on the quay had expected it."
    page = f"{TITLE}meta| By Anna Quist\n\n{text}\n..."
    assert stated(page)[Field.DATE][0] == ("2020-05-03",)


@pytest.mark.parametrize("later", [0, 12, 40])
def test_the_same_page_is_dated_in_any_decade(later: int) -> None:
    text = f"body| The quay was built in {2009 + later}, mended in {2011 + later}, and is to be gone by {2025 + later}."
    page = f"{TITLE.replace('2011', str(2011 + later))}meta| 3 May {2012 + later}\n\n{text}\n..."
    assert stated(page)[Field.DATE][0] == (f"{2012 + later}-05-03",)
