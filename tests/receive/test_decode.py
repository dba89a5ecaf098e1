"""Decoding: each encoding right, what is no text refused, every repair told, and nothing lost in silence."""

from __future__ import annotations

import gzip

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from stemma.receive.decode import Decoded, Refusal, decode

ENGLISH = "The ferry came in late, and nobody on the quay had expected it.\n" * 4
WESTERN = "L’été à Nîmes coûte 5 € – “déjà vu” für Straße und Gärten.\n" * 6
LATIN_1 = "L'été à Nîmes coûte cher; où les élèves étaient déjà là, Straße und Gärten.\n" * 6
POLISH = "Przewoźnik ogłosił wczoraj, że prom wróci na trasę między wyspami, a bilety będą tańsze.\n" * 6
GREEK = "Το λιμάνι ήταν ήσυχο όταν έφτασε το πλοίο από τα νησιά και κανείς δεν περίμενε τόσο αργά.\n" * 6
HEBREW = "הנמל היה שקט כאשר הגיעה המעבורת מן האיים ואיש לא ציפה לה בשעה כה מאוחרת\n" * 6
TURKISH = "Adalardan gelen vapur limana vardığında ortalık sessizdi, şehir çok güzeldi.\n" * 6
BALTIC = "Uostas buvo tylus, kai iš salų atplaukė keltas, ir niekas krantinėje nesitikėjo, kad bus taip vėlu.\n" * 6
RUSSIAN = "В гавани было тихо, когда с островов пришёл паром, и никто на причале его не ждал.\n" * 6
ARABIC = "أعلنت الوزارة اليوم عن خطة جديدة للطريق وقال الوزير إن العمل سيبدأ قريبا\n" * 6
JAPANESE = "島から来たフェリーが港に着いたとき、あたりは静かで、誰も思っていなかった。\n" * 6
CHINESE = "渡轮从岛上驶来的时候港口很安静，码头上没有人想到会这么晚才到达。\n" * 6
KOREAN = "섬에서 온 배가 항구에 도착했을 때 주위는 조용했고 아무도 이렇게 늦을 줄은 몰랐다.\n" * 6

ENCODED = [
    *[
        (codec, text)
        for text in (ENGLISH, WESTERN, RUSSIAN, ARABIC, JAPANESE, CHINESE)
        for codec in ("utf-8", "utf-8-sig")
    ],
    *[
        (codec, text)
        for text in (ENGLISH, WESTERN, RUSSIAN, ARABIC, JAPANESE, CHINESE)
        for codec in ("utf-16", "utf-32")
    ],
    *[
        (codec, text)
        for text in (ENGLISH, WESTERN, RUSSIAN, ARABIC, JAPANESE, CHINESE)
        for codec in ("utf-16-le", "utf-16-be", "utf-32-le", "utf-32-be")
    ],
    ("cp1252", WESTERN),
    ("iso8859-1", LATIN_1),
    ("iso8859-15", LATIN_1),
    ("cp1250", POLISH),
    ("iso8859-2", POLISH),
    ("cp1253", GREEK),
    ("iso8859-7", GREEK),
    ("cp1255", HEBREW),
    ("iso8859-8", HEBREW),
    ("cp1254", TURKISH),
    ("iso8859-9", TURKISH),
    ("cp1257", BALTIC),
    ("iso8859-13", BALTIC),
    ("iso8859-4", BALTIC),
    ("cp1251", RUSSIAN),
    ("koi8-r", RUSSIAN),
    ("iso8859-5", RUSSIAN),
    ("cp866", RUSSIAN),
    ("cp1256", ARABIC),
    ("iso8859-6", ARABIC),
    ("shift_jis", JAPANESE),
    ("euc-jp", JAPANESE),
    ("iso2022_jp", JAPANESE),
    ("gb18030", CHINESE),
    ("euc-kr", KOREAN),
]

NO_TEXT = {
    "nothing": b"",
    "spaces": b" \n\t\r\n \n",
    "a mark alone": b"\xef\xbb\xbf",
    "zero-width signs": "\u200b\u200b\ufeff".encode(),
    "one NUL": b"\x00",
    "NULs": b"\x00" * 5000,
    "one byte over and over": b"\xff" * 5000,
    "every byte": bytes(range(256)) * 8,
    "PNG": b"\x89PNG\r\n\x1a\n\x00\x00\x00\rIHDR" + bytes(200),
    "gzip": gzip.compress(b"0" * 1000, mtime=0),
    "zip": b"PK\x03\x04" + bytes(100),
    "PDF": b"%PDF-1.4\n%\xe2\xe3\xcf\xd3\n",
    "overlong UTF-8": ENGLISH.encode() + b"\xc0\xbcscript\xc0\xbe",
    "a lone surrogate": ENGLISH.encode() + b"\xed\xa0\x80 x",
}


@pytest.mark.parametrize(("codec", "text"), ENCODED)
def test_each_encoding_is_read_right(codec: str, text: str) -> None:
    found = decode(text.encode(codec))
    assert isinstance(found, Decoded)
    assert found.text == text
    assert found.repairs == ()


@pytest.mark.parametrize("name", NO_TEXT)
def test_what_is_no_text_is_refused_in_one_line(name: str) -> None:
    found = decode(NO_TEXT[name])
    assert isinstance(found, Refusal)
    assert found.reason
    assert "\n" not in found.reason


def test_line_ends_become_line_feeds_and_nothing_else_does() -> None:
    found = decode("a\r\nb\rc\x85d\u2028e\x0cf\n".encode())
    assert isinstance(found, Decoded)
    assert found.text == "a\nb\nc\x85d\u2028e\x0cf\n"


@pytest.mark.parametrize(
    ("data", "text"),
    [
        ("It’s “over”, she said in the café.".encode().decode("cp1252", "ignore").encode(), "It’s “over"),
        ("Café — très bien".encode().decode("latin-1").encode(), "Café — très bien"),
        (ENGLISH.encode() + "café ".encode() + b"caf\xe9 \x93quoted\x94\n", "café café “quoted”"),
        (ENGLISH.encode() + "the café closes".encode() + b" \xe2\x80", "the café closes "),
        (ENGLISH.encode() + b"a \xed\xa0\xbd\xed\xb8\x80 b", "a 😀 b"),
    ],
)
def test_repairs_are_made_and_told(data: bytes, text: str) -> None:
    found = decode(data)
    assert isinstance(found, Decoded)
    assert text in found.text
    assert len(found.repairs) == 1


@pytest.mark.parametrize(
    "text", ["Über Ärger", "São Paulo", "ÃO", "“Â”", "5 €", "Œuvre â la carte", "a\x00b and more text"]
)
def test_what_only_looks_like_mojibake_is_left_alone(text: str) -> None:
    found = decode(text.encode())
    assert isinstance(found, Decoded)
    assert found.text == text
    assert found.repairs == ()


def test_plus_signs_in_ascii_are_no_utf_7() -> None:
    text = "C++ and A+ and 1+1-2, call +44-20-7946 or +1-800-abc, +Add- +Mail-\n"
    found = decode(text.encode())
    assert isinstance(found, Decoded)
    assert found.text == text
    seven = decode("Ä Straße für Gärten und Bücher".encode("utf-7"))
    assert isinstance(seven, Decoded)
    assert seven.text == "Ä Straße für Gärten und Bücher"


@given(st.text(min_size=1))
@example("\ufeffa")
def test_utf_8_is_kept_sign_for_sign(text: str) -> None:
    found = decode(text.encode("utf-8", "ignore"))
    if isinstance(found, Decoded) and not found.repairs and found.encoding == "utf-8":
        kept = text.encode("utf-8", "ignore").decode().removeprefix("\ufeff")
        assert found.text == kept.replace("\r\n", "\n").replace("\r", "\n")


@settings(max_examples=300)
@given(st.binary(max_size=400))
def test_any_bytes_are_read_or_refused_and_never_replaced(data: bytes) -> None:
    found = decode(data)
    if isinstance(found, Decoded):
        assert not any("\ud800" <= sign <= "\udfff" for sign in found.text)
        assert "\r" not in found.text
        assert "\ufffd" not in found.text or b"\xef\xbf\xbd" in data or found.encoding != "utf-8"
