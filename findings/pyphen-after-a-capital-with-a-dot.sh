#!/bin/sh
# A word with a capital İ is divided one letter too late, by WeasyPrint too
#
# Versions:  Pyphen 0.18.1, WeasyPrint 70.0
# Behaviour: Pyphen looks a word up in small letters, and its places are those of that word. The
#            small letter of İ (U+0130), alone of all letters, is two in Python, i and U+0307: after
#            each İ all places are one letter off. Pyphen has no Turkish; the letter stands in names
#            that other languages print. Nothing is raised or warned.
# Seen:      German: Is-ken-de-run, but İsk-end-er-un; Spanish: Is-tan-bul, but İst-anb-ul; a narrow
#            column of WeasyPrint: "İsl‐", "am‐", "kun‐", "de"
# Where it matters:
#   a club or an office with a Turkish name, on a sheet in the language of where it is: in a narrow
#   column the name is cut where nobody would cut it. Look words up with I in place of İ.
#
# Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
python3 -m venv venv
venv/bin/pip install --quiet --disable-pip-version-check pyphen==0.18.1 weasyprint==70.0
venv/bin/python - <<'EOF'
import sys

import pyphen
import weasyprint

assert [letter for letter in map(chr, range(sys.maxunicode)) if len(letter.lower()) > 1] == ["İ"]
for language, word in {"de": "İskenderun", "es": "İstanbul"}.items():
    patterns = pyphen.Pyphen(lang=language)
    plain = word.replace("İ", "I")
    print(f"{language}: {patterns.inserted(plain)}, but {patterns.inserted(word)}")
    off = [place + 1 for place in patterns.positions(plain)]
    assert off and set(patterns.positions(word)) <= set(off)


def lines(word):
    """Return the lines that a word is set in."""
    style = "@page { size: 300pt } p { width: 30pt; hyphens: auto; font: 16pt serif }"
    document = weasyprint.HTML(string=f"<style>{style}</style><p lang=de>{word}</p>").render()
    found, boxes = [], [document.pages[0]._page_box]
    while boxes:
        box = boxes.pop()
        if type(box).__name__ == "TextBox":
            found.append(box.text)
        boxes += reversed(getattr(box, "children", ()))
    return found


plain, dotted = lines("Islamkunde"), lines("İslamkunde")
print("WeasyPrint:", *plain, "but", *dotted)
assert (plain[0], dotted[0]) == ("Is‐", "İsl‐")
EOF
