#!/bin/sh
# python -m ends by SIGINT after a KeyboardInterrupt that was caught
#
# Versions:  CPython 3.10 to 3.13
# Behaviour: Where a KeyboardInterrupt leaves a text that exec() or eval() runs, Python notes that
#            nobody has caught it, and keeps the note when somebody does. A program that was begun
#            by `python -m` and ends with a code of its own ends by SIGINT. Begun by its file's
#            name it ends with its code. Another exec() or eval() lets Python forget the note.
# Seen:      sys.exit(7): 7 for `python program.py`, -2 for `python -m program`
# Where it matters:
#   @dataclass and namedtuple execute text, so ^C while modules load is enough: a program that
#   says "interrupted" and ends with 130 is taken by who called it for one that was killed.
#
# Exits with 1, and says what it saw, when this changes.

set -eu
folder=$(mktemp -d)
trap 'rm -rf "$folder"' EXIT
cd "$folder"
cat >program.py <<'EOF'
import sys

try:
    exec("raise KeyboardInterrupt")
except KeyboardInterrupt:
    print("caught", flush=True)
if "again" in sys.argv:
    exec("")
sys.exit(7)
EOF
python3 - <<'EOF'
import subprocess
import sys

print(sys.version)
seen = {}
for words in ("program.py", "-m program", "-m program again"):
    seen[words] = subprocess.run([sys.executable, *words.split()]).returncode
    print(f"python {words}: {seen[words]}")
assert list(seen.values()) == [7, -2, 7]
EOF
