#!/bin/sh
# A French telephone number with the spaces of French typesetters is not seen
#
# Versions:  phonenumbers 9.0.42 (a port of libphonenumber), Babel 2.19.0
# Behaviour: PhoneNumberMatcher and parse() take a no-break space (U+00A0) between the pairs, a dash
#            of most kinds and a word joiner, but no narrow no-break space (U+202F), with which French
#            has its figures in groups (CLDR's, and so Babel's), nor a thin one (U+2009). A mark of
#            direction (U+200E), as it stands in Arabic and Hebrew texts, hides a number or half of
#            it. There is no match, and of a lenient search the wrong one: the number's end alone.
# Seen:      "01 44 27 81 00" with U+202F or U+2009: nothing found, and NumberParseException; with
#            U+00A0: +33144278100; "(212)", U+200E, " 555-0123": 555-0123
# Where it matters:
#   links, checks and guards against line ends leave out the numbers that were typed with most care.
#   Put a plain space for each kind of space, and a word joiner for each mark, before you look.
#
# Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check phonenumbers==9.0.42 babel==2.19.0
venv/bin/python - <<'EOF'
import phonenumbers
from babel.numbers import format_decimal
from phonenumbers import Leniency, PhoneNumberMatcher


def found(number, country, leniency=Leniency.VALID):
    return [each.raw_string for each in PhoneNumberMatcher(f"Tél. {number}.", country, leniency)]


def parsed(number, country):
    try:
        read = phonenumbers.parse(number, country)
    except phonenumbers.NumberParseException as error:
        return type(error).__name__
    return phonenumbers.format_number(read, phonenumbers.PhoneNumberFormat.E164)


for space in (" ", "\xa0", "\u202f", "\u2009"):
    number = space.join(("01", "44", "27", "81", "00"))
    seen = found(number, "FR"), parsed(number, "FR")
    print(f"U+{ord(space):04X}: {seen[0] or 'nothing'}, {seen[1]}")
    if space in " \xa0":
        assert seen == ([number], "+33144278100")
    else:
        assert seen == ([], "NumberParseException")
print("Babel groups French figures with", ascii(format_decimal(1234567, locale="fr")[1]))
assert format_decimal(1234567, locale="fr") == "1\u202f234\u202f567"
marked = "(212)\u200e 555-0123"
assert found(marked, "US") == [] and parsed(marked, "US") == "NumberParseException"
print(ascii(marked), "is read, leniently, as", *found(marked, "US", Leniency.POSSIBLE))
assert found(marked, "US", Leniency.POSSIBLE) == ["555-0123"]
assert found(marked.replace("\u200e", "\u2060"), "US", Leniency.POSSIBLE) == ["(212)\u2060 555-0123"]
EOF
