#!/bin/sh
# In Russian "from 9 am to 5:30 pm" and "from 9 pm to 5:30 am" are the same: "09:00 — 05:30"
#
# Versions:  Babel 2.19.0 (CLDR 49)
# Behaviour: format_interval(…, 'hm') has a clock of twelve hours. Where the two times lie in other
#            halves of a day, the Russian pattern has no place for the halves. Where both lie in one
#            it has, and so has format_skeleton('hm'). Of 1,147 locales only Russian, in all
#            its countries, and the French of Cameroon are so. Nothing is raised or warned. In CLDR
#            42 to 48.2 (npm's cldr-dates-full) the Russian pattern is "h:mm a – h:mm a".
# Seen:      ru: "09:00 — 05:30" for both, "9:00—11:30 AM" for a morning
# Where it matters:
#   an office's hours are printed in the clock of its country: they say that it closes before it
#   opens. Ask for 'Hm', or print the same hours half a day later and see that they differ.
#
# Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check babel==2.19.0
venv/bin/python - <<'EOF'
from datetime import time

from babel.core import get_cldr_version
from babel.dates import format_interval, format_skeleton
from babel.localedata import locale_identifiers


def hours(opens, closes, locale):
    return " ".join(format_interval(opens, closes, "hm", locale=locale).split())


day, night, morning = (time(9), time(17, 30)), (time(21), time(5, 30)), (time(9), time(11, 30))
print("CLDR", get_cldr_version())
for locale in ("ru", "uk", "en"):
    print(f"{locale}: {' | '.join(hours(*times, locale) for times in (day, night, morning))}")
alike = {each for each in locale_identifiers() if hours(*day, each) == hours(*night, each)}
print(f"{len(alike)} of {len(locale_identifiers())} locales print both the same:", *sorted(alike))
assert hours(*day, "ru") == hours(*night, "ru") == "09:00 — 05:30"
assert hours(*morning, "ru") == "9:00—11:30 AM"
assert "PM" in format_skeleton("hm", time(17, 30), locale="ru")
countries = ("BY", "KG", "KZ", "MD", "RU", "UA")
assert alike == {"ru", "fr_CM"} | {f"ru_{country}" for country in countries}
EOF
