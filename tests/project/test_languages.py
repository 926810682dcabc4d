import pytest

from hrcpub.project.languages import (
    direction_of,
    is_joined,
    is_right_to_left,
    is_spaced,
    letters_of,
    main_part,
    script_of,
)


@pytest.mark.parametrize(
    ("tag", "script"),
    [
        ("en", "Latn"),
        ("es-MX", "Latn"),
        ("ru", "Cyrl"),
        ("sr-Latn", "Latn"),
        ("ar-EG", "Arab"),
        ("pa", "Guru"),
        ("pa-PK", "Arab"),
        ("pa-Arab", "Arab"),
        ("ur-Aran", "Aran"),
        ("zh", "Hans"),
        ("zh-Hant", "Hant"),
        ("zh-TW", "Hant"),
        ("zh-hk", "Hant"),
        ("ja", "Jpan"),
        ("ko", "Kore"),
        ("hmn", "Latn"),
        ("or", "Orya"),  # by CLDR
        ("xx", "Zyyy"),
    ],
)
def test_a_language_has_a_script(tag: str, script: str) -> None:
    assert script_of(tag) == script


def test_scripts_agree_with_cldr() -> None:
    from babel.core import get_global

    from hrcpub.project.languages import _OF_LANGUAGE

    likely = get_global("likely_subtags")
    own = {"ku": "Latn", "hmn": "Latn"}  # CLDR has no script for one, and several of the other
    compared = 0
    for language, script in _OF_LANGUAGE.items():
        if language in likely and language not in own:
            said = next(part for part in likely[language].split("_") if len(part) == 4)
            assert said == script, language
            compared += 1
    assert compared > 40


def test_main_part_and_letters() -> None:
    assert main_part("zh_Hant_TW") == "zh"
    assert [letters_of(tag) for tag in ("ja", "ko", "zh-Hant", "ur-Aran", "km")] == [
        "Hani",
        "Hang",
        "Hani",
        "Arab",
        "Khmr",
    ]


def test_directions() -> None:
    assert [direction_of(tag) for tag in ("en", "ar", "he", "ps", "ckb", "ku", "am")] == [
        "ltr",
        "rtl",
        "rtl",
        "rtl",
        "rtl",
        "ltr",
        "ltr",
    ]
    assert is_right_to_left("yi")


def test_scripts_without_spaces() -> None:
    unspaced = [tag for tag in ("th", "lo", "km", "my", "zh-Hans", "ja") if not is_spaced(tag)]
    assert len(unspaced) == 6
    assert all(map(is_spaced, ("ko", "am", "vi", "hi")))


def test_which_languages_join_letters() -> None:
    assert all(map(is_joined, ("ar", "fa", "ur", "ckb", "hi")))
    assert not any(map(is_joined, ("he", "ru", "en")))
