# ruff: noqa: SIM905 - a list of names is easier to read as one string
"""Threads of readers' comments without names, dates or buttons: too few real pages have such threads.

They are put together from real comments of the training pages, from sentences of other pages made informal, and from
short remarks invented for this purpose.
"""

from __future__ import annotations

import random
import re
from collections.abc import Sequence

FIRST = (
    "Ann Bob Carla Dmitri Elif Farid Greta Hal Ines Jonas Kofi Lena Mark Nadia Omar Petra Quinn Rosa Sven Tariq Uma "
    "Viktor Wendy Xavier Yusuf Zoe Jim Mary Kathy Steve Paul Helen Linda Ahmed Ivan Olga Pierre Luis Hans Klaus Sarah "
    "Mike Dave Joe Susan Barbara George Anna Max"
).split()
LAST = (
    "Abbott Brandt Costa Dorn Ellis Ferro Gray Holm Ito Jansen Kline Lopez Moore Nagy Orlov Park Quist Reed Silva "
    "Turner Ulm Vance Wells Young Ziegler Smith Hill West King Stone Baker Berg Novak Meyer Rossi Martin Dubois Khan"
).split()
NICKS = (
    "truthseeker|old_salt|bluebird77|JustMe|Anon|skeptic|mountain goat|The Watcher|garden fan|dr_no|Cpt. Obvious|"
    "night owl|River Rat|VoxPop|Moss42|guest|JJ|A reader|Red Baron|Common Sense|peacelover|Happy Camper"
).split("|")
REMARKS = (
    "No!|Yes.|Great article, thanks.|Thank you for this.|lol|Exactly.|Exactly!|So true.|I agree.|I agree with you 100%|"
    "Totally agree|Thanks for sharing!|Nonsense.|What a disgrace.|Good point.|Nice one!|Well said.|Well said!|Source?|"
    "Link please|Why not?|Really?|Of course not.|Wow.|Interesting read, thanks|+1|Amen.|This.|Sad.|So sad...|"
    "Unbelievable!|You wish|Nope|Haha|haha good one|Bravo!|Excellent work as always.|Keep up the good work|"
    "Just my 2 cents.|Please explain.|I doubt it.|I hope so!|What are you talking about?|You are wrong.|"
    "Sure, keep dreaming.|Time will tell...|Sorry, but no.|Can't wait!|Love this!|First!|Danke für den Artikel!|"
    "Genau so ist es.|Merci pour cet article|Totalmente de acuerdo|Excelente!|Bravo, bel articolo|Спасибо за статью|"
    "Согласен!|http://www.example.com/watch?v=7|https://example.org/news/12|Has anybody tried this?|"
    "How long did it take you?|I wish they would just tell the truth for once|And who pays for all that?"
).split("|")
LEADS = (
    "I think |Well, |Yes, but |No, |Actually |IMO |As I said before, |Sorry but |You know, |I doubt that |"
    "Let me say this: |To be honest |Also, |I am wondering whether |If you ask me, |Don't forget: |So |Maybe |||||||"
).split("|")
TAILS = "!|!!|...|?| lol| :)| :D|??|!!!|. Just saying.| .| !|.||".split("|")
HEADINGS = ("Comments", "12 comments", "3 responses", "Leave a reply", "Discussion")
SAYS = re.compile(
    r"^.{2,60}?\b(?:says|said|on|wrote|schrieb|dit)\b:? .{0,40}?\d{1,2}[:.]\d\d ?(?:[apAP]\.?[mM]\.?)?\s*"
)
BUTTON = re.compile(r"(?i)\s*\b(?:reply(?: to comment)?|antworten|répondre|responder|log in to reply)\s*$")


def plain(comment: str) -> str:
    """A real comment without who wrote it, when, and the button below it."""
    return BUTTON.sub("", SAYS.sub("", comment)).strip()


def name(chance: random.Random) -> str:
    """An invented name such as people sign comments with."""
    drawn = chance.random()
    if drawn < 0.6:
        return f"{chance.choice(FIRST)} {chance.choice(LAST)}"
    if drawn < 0.75:
        return chance.choice(FIRST)
    if drawn < 0.85:
        return f"{chance.choice(FIRST)} {chance.choice('ABCDGHKMRSTW')}. {chance.choice(LAST)}"
    return chance.choice(NICKS)


def informal(chance: random.Random, sentences: Sequence[str]) -> str:
    """Some sentences of a text as a reader might dash them off."""
    length = chance.choice((1, 1, 2, 2, 3, 4))
    start = chance.randrange(max(1, len(sentences) - length))
    text = " ".join(sentences[start : start + length])
    if chance.random() < 0.45:
        lead = chance.choice(LEADS)
        text = lead + (text[:1].lower() + text[1:] if lead and chance.random() < 0.7 else text)
    for rate, changed in (
        (0.25, text[:1].lower() + text[1:]),
        (0.12, text.lower()),
        (0.06, text.upper()),
        (0.12, text.replace(", ", " , ")),
        (0.12, text.replace(". ", "... ")),
        (0.08, text.replace("'", "").replace("’", "")),
        (0.10, text.replace(" you ", " u ").replace(" are ", " r ")),
    ):
        if chance.random() < rate:
            text = changed
    return text.rstrip('.!?"”') + chance.choice(TAILS) if chance.random() < 0.5 else text


def thread(chance: random.Random, real: Sequence[Sequence[str]], sentences: Sequence[str]) -> list[str]:
    """The lines of a thread: comments, with or without names, dates and buttons. ``real``: comments, page by page."""
    source = chance.choice(real) if real else ()
    mostly_real = chance.random() < 0.4
    named = chance.random() < 0.5
    dated = named and chance.random() < 0.3
    buttons = chance.random() < 0.2
    lines: list[str] = [chance.choice(HEADINGS)] if chance.random() < 0.3 else []
    for _ in range(chance.choice((1, 2, 3, 4, 6, 8, 12, 20, 30))):
        drawn = chance.random()
        if source and drawn < (0.75 if mostly_real else 0.3):
            comment = chance.choice(source)
        elif sentences and drawn < 0.82:
            comment = informal(chance, sentences)
        else:
            comment = chance.choice(REMARKS)
        if named and chance.random() < 0.92:
            lines.append(name(chance) + (chance.choice((" says:", "", " wrote:", " ·")) if dated else ""))
        if dated:
            lines.append(f"{chance.randrange(2, 20)} {chance.choice(('hours', 'days', 'months'))} ago")
        lines += _parted(chance, comment)
        if buttons:
            lines.append("Reply")
    return [line for line in lines if line.strip()]


def _parted(chance: random.Random, comment: str) -> list[str]:
    sentences = re.split(r"(?<=[.!?]) (?=[A-Z])", comment)
    if len(sentences) > 3 and chance.random() < 0.4:
        at = chance.randrange(1, len(sentences))
        return [" ".join(sentences[:at]), " ".join(sentences[at:])]
    return [comment]
