"""Text that no Setter breaks gets chances where WeasyPrint knows none."""

from __future__ import annotations

import importlib

import pytest

from hrcpub.pipeline.compose.chances import line_breaks, with_chances
from hrcpub.problems import Source
from hrcpub.project.words import Words
from tests.shared.sentences import SENTENCES

KHMER = "មនុស្សគ្រប់គ្នា"


def test_texts_of_a_page_get_chances_and_its_lines_and_titles_do_not() -> None:
    line = f'<span class="set-lines">{KHMER}<em>{KHMER}</em><span>{KHMER}</span>{KHMER}</span>'
    display = f'<span class="display" style="">{KHMER}<span class="space"> </span></span>'
    head = f"<title>{KHMER}</title><style>p {{ }}</style>"
    html = f'{head}<p title="{KHMER}">{KHMER} &amp; {line}{display}<b>{KHMER}</b></p>'
    parted = "មនុស្ស\u200bគ្រប់គ្នា"
    assert with_chances(html, ["km"]) == (
        f'{head}<p title="{KHMER}">{parted} &amp; {line}{display}<b>{parted}</b></p>'
    )


@pytest.mark.parametrize("language", ["en", "es", "ar", "ja", "zh-Hans", "hi", "am"])
def test_other_languages_need_none(language: str) -> None:
    html = f"<p>{SENTENCES[language]}</p>"
    assert with_chances(html, [language]) is html


def test_korean_words_stay_whole() -> None:
    assert with_chances("<p>모든 사람</p>", ["ko"]) == "<p>모\u2060든 사\u2060람</p>"


@pytest.mark.parametrize("languages", [["en", "ko"], ["ko", "km"]])
def test_each_of_two_languages_has_its_chances(languages: list[str]) -> None:
    made = with_chances(f"<p>사람</p><p>{KHMER}</p>", languages)
    assert made == "<p>사\u2060람</p><p>មនុស្ស\u200bគ្រប់គ្នា</p>"


def test_one_error_says_that_where_lines_end_is_not_known(monkeypatch: pytest.MonkeyPatch) -> None:
    module = importlib.import_module("hrcpub.pipeline.setting.breaks")
    place = Source("materials/a.yaml", 9)
    texts = [Words("Naloxone", place), Words(KHMER, place), Words(KHMER, place)]
    assert line_breaks(texts, "km") == []
    monkeypatch.setattr(module, "has_segmenters", lambda: False)
    (problem,) = line_breaks(texts, "km")
    assert (problem.code, problem.source) == ("line-breaks-unknown", place)
    assert "hrcpub[scripts]" in (problem.hint or "")


def test_no_space_follows_a_colon_as_wide_as_a_letter() -> None:
    html = '<p>传真： <span dir="ltr">(212) 213-6582</span></p>'
    assert with_chances(html, "zh-Hans") == html.replace("： ", "：")
