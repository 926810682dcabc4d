#!/bin/sh
# Remakes requirements.txt, requirements-docs.txt and requirements-dev.txt from pyproject.toml: exact
# versions with the hashes of all their files.
#
#   make lock             keeps the versions that still fit
#   make lock UPGRADE=1   takes the newest that fit
#
# Resolved with Python 3.11, the oldest that hrcpub runs on, so that what only older Pythons need is
# locked too. Takes minutes: where the index states no hashes, every file is fetched and hashed.

set -eu
cd "$(dirname "$0")/.."

python=${PYTHON:-python3.11}
"$python" -c 'import sys; sys.exit(sys.version_info[:2] != (3, 11))' || {
    echo "The locks are made with Python 3.11: set PYTHON to one." >&2
    exit 1
}
tools=$(mktemp -d)
trap 'rm -rf "$tools"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
"$python" -m venv "$tools"
"$tools/bin/pip" install --quiet --disable-pip-version-check pip-tools==7.6.2

compile() {
    CUSTOM_COMPILE_COMMAND="make lock" "$tools/bin/pip-compile" --quiet ${UPGRADE:+--upgrade} \
        --generate-hashes --strip-extras --no-emit-options --no-emit-index-url \
        --no-emit-find-links --no-emit-trusted-host --build-deps-for editable "$@" pyproject.toml
}

# With the extra `scripts`: this repository has materials in languages that need it.
compile --extra scripts --output-file requirements.txt
compile --extra docs --extra scripts --constraint requirements.txt --output-file requirements-docs.txt
compile --extra dev --extra docs --extra scripts --constraint requirements-docs.txt \
    --output-file requirements-dev.txt
