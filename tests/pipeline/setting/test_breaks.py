"""Where lines may end in each script, and that rags and display lines end nowhere else."""

from __future__ import annotations

import importlib
import sys
import unicodedata
from collections.abc import Iterable

import pytest

from hrcpub.pipeline.setting import Face, balance, chances, has_unknown, rag, words_of
from hrcpub.pipeline.setting import breaks as breaks_of
from hrcpub.pipeline.setting.breaks import Break, whole
from hrcpub.pipeline.setting.cut import splits
from tests.shared.project import ROOT
from tests.shared.sentences import SENTENCES, TITLES

UNSPACED = ("th", "lo", "km", "my", "zh-Hans", "zh-Hant", "ja")
FACES = {
    "th": "sarabun/Sarabun-Regular",
    "lo": "noto-sans-lao/NotoSansLao-Regular",
    "km": "noto-sans-khmer/NotoSansKhmer-Regular",
    "my": "noto-sans-myanmar/NotoSansMyanmar-Regular",
    "am": "noto-sans-ethiopic/NotoSansEthiopic-Regular",
}
# Signs that no line begins with (kinsoku), and none ends with.
NOT_FIRST = {
    *"、。，．！？：；）」』】》〉…ーぁぃぅぇぉっゃゅょァィゥェォッャュョ",
    *"ๆฯໆ។៕ៗ၊။.,;:!?)”’%",
}
NOT_LAST = set("（「『【《〈“‘(")


def shown(text: str, language: str) -> str:
    """Return a text with its chances: | at phrases' ends, ¦ within, _ at spaces."""
    parts, start = [], 0
    for place in breaks_of(text, language):
        sign = "_" if place.is_spaced else "¦" if place.cost else "|"
        parts.append(text[start : place.at] + sign)
        start = place.to
    return "".join(parts) + text[start:]


@pytest.mark.parametrize(
    ("language", "text", "chances"),
    [
        # A preposition leans on its word, a sign of repetition on the one before.
        ("th", "สิทธิที่เรามีต่าง ๆ", "สิทธิ|ที่¦เรา|มี|ต่าง ๆ"),
        ("lo", "ທາງເລືອກທີ່ປອດໄພ", "ທາງ|ເລືອກ|ທີ່¦ປອດໄພ"),
        ("km", "មនុស្សគ្រប់គ្នា។ យើង", "មនុស្ស|គ្រប់គ្នា។_យើង"),
        ("my", "ရွေးချယ်စရာများ ရှိပါသည်။", "ရွေးချယ်|စရာ¦များ_ရှိ¦ပါသည်။"),
        # A word that the dictionary does not know may be parted at a syllable.
        ("my", "သော်လည်းကောင်း ဖြစ်", "သော်¦လည်း¦ကောင်း_ဖြစ်"),
        # Phrases first; no line begins with a small kana, or a mark.
        ("ja", "「人」のチャットです。", "「人」|の|チャッ¦ト¦で¦す。"),
        ("zh-Hans", "我们提供安全的选择。", "我¦们|提¦供|安¦全¦的|选¦择。"),
        # Koreans break between words, though Unicode would let lines end anywhere.
        ("ko", "모든 사람을 위해", "모든_사람을_위해"),
        # The signs between words of old spelling, and of Tibetan.
        ("am", "ሁሉም፡ሰው ምርጫ።", "ሁሉም፡|ሰው_ምርጫ።"),
        ("bo", "བོད་ཡིག", "བོད་|ཡིག"),
        # What an author typed, in any script.
        ("th", "ภาษา\u200bไทย", "ภาษา_ไทย"),
        # Telephones, addresses, and numbers with their units.
        ("th", "โทร (212) 213-6376 ที่", "โทร_(212) 213-6376_ที่"),
        ("th", "ภายใน 5 นาที", "ภายใน_5 นาที"),
        ("ja", "5分以内に", "5分|以¦内¦に"),
        ("zh-Hans", "取5毫克或10毫升", "取|5毫克|或¦10毫升"),
        ("th", "ดู https://a.example/b-c/d นะ", "ดู_https://a.example/b-c/d_นะ"),
        ("am", "በየ 5 ሚግ ወይም—ሁለት።", "በየ_5 ሚግ_ወይም—|ሁለት።"),
        ("th", "ถาม Dr. Ruiz ได้", "ถาม_Dr. Ruiz_ได้"),
        # Words of another script within a text.
        ("en", "We speak ภาษาไทย here", "We_speak_ภาษา|ไทย_here"),
    ],
)
def test_lines_may_end_where_a_reader_expects(language: str, text: str, chances: str) -> None:
    assert shown(text, language) == chances


def test_a_word_of_latin_letters_has_no_breaks(monkeypatch: pytest.MonkeyPatch) -> None:
    """And nothing is loaded to find that out."""
    monkeypatch.setitem(sys.modules, "hrcpub.pipeline.setting.segments", None)
    assert breaks_of("Harm-reduction/center.example") == ()
    with pytest.raises(ImportError):
        breaks_of("Harm reduction of another day")


@pytest.mark.parametrize("language", UNSPACED)
def test_no_chance_is_within_a_letter_or_at_a_wrong_sign(language: str) -> None:
    text = f"{SENTENCES[language]} {TITLES[language]}"
    places = breaks_of(text, language)
    assert len(places) > 15
    for place in places:
        first, last = text[place.to], text[place.at - 1]
        assert first not in NOT_FIRST
        assert last not in NOT_LAST
        assert not unicodedata.category(first).startswith("M")
        assert last not in "\u17d2\u1039"


@pytest.mark.parametrize("language", [*UNSPACED, "ko", "am"])
@pytest.mark.parametrize("measure", [90.0, 140.0, 260.0])
def test_lines_fill_their_measure_and_end_at_chances(language: str, measure: float) -> None:
    text = SENTENCES[language]
    if path := FACES.get(language):
        face = Face((ROOT / f"fonts/{path}.ttf").read_bytes())
        advances = [12 * width for width in face.advances(text)]
    else:  # squares, and halves for spaces and Latin
        advances = [12.0 if ord(letter) > 0x1000 else 6.0 for letter in text]
    for choose in (rag, balance):
        lines = choose(text, advances, measure, language)
        assert lines is not None
        assert len(lines) > 1
        assert max(sum(advances[start:end]) for start, end in lines) <= measure
        legal = {place.at for place in breaks_of(text, language)} if language != "ko" else set()
        legal |= {at for at, letter in enumerate(text) if letter == " "}
        assert {end for _, end in lines[:-1]} <= legal
        # Whole: nothing but spaces is between lines.
        assert joined(text[start:end] for start, end in lines) == joined(text)
        if measure > 100 and choose is rag:
            filled = [sum(advances[start:end]) / measure for start, end in lines[:-1]]
            assert min(filled, default=1.0) > 0.5


def joined(parts: Iterable[str]) -> str:
    return "".join(parts).replace(" ", "")


@pytest.mark.parametrize("language", UNSPACED)
def test_a_display_line_is_cut_at_words_and_joined_without_spaces(language: str) -> None:
    text = TITLES[language]
    ways = [[whole(line) for line in lines] for lines in splits(text, 3, language)]
    assert any(len(lines) == 3 for lines in ways)
    assert {"".join(lines).replace(" ", "") for lines in ways} == {text.replace(" ", "")}


def test_words_are_counted_in_any_script() -> None:
    assert words_of("two words", "en") == ["two", "words"]
    assert words_of("เรามีทางเลือก", "th") == ["เรา", "มี", "ทาง", "เลือก"]
    assert words_of("人権宣言を読む", "ja") == ["人権宣言を", "読む"]
    assert chances("plain Latin", "es") == "plain Latin"


def test_a_text_without_spaces_needs_the_extra_or_its_authors_chances(
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    module = importlib.import_module("hrcpub.pipeline.setting.breaks")
    text = SENTENCES["lo"]
    assert not has_unknown(text, "lo")
    monkeypatch.setattr(module, "has_segmenters", lambda: False)
    assert has_unknown(text, "lo")
    assert not has_unknown("\u200b".join(text), "lo")
    assert not has_unknown(SENTENCES["ko"], "ko")
    assert not has_unknown(SENTENCES["vi"], "vi")
    assert not has_unknown("ภาษาไทย", "en")  # a language's name
    assert breaks_of.__wrapped__("ກ\u200bຂ ຄ", "lo") == (Break(1, 2), Break(3, 4))
