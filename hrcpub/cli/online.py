"""`check --online`: the addresses of the web that pieces print, opened, to what is wrong with them.

Nothing here is part of a build: it runs when a person asks for it, and writes nothing.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from concurrent.futures import ThreadPoolExecutor
from typing import NamedTuple
from urllib.parse import urlsplit

from hrcpub.cli.show import say, show_problems
from hrcpub.cli.web_pages import PageAnswer, is_public, opened
from hrcpub.files.project import Project
from hrcpub.problems import HrcpubError, Problem, Severity, Source
from hrcpub.project.markup import spans
from hrcpub.project.material import Material, read_material
from hrcpub.project.words import Words, locate
from hrcpub.records import record

_AT_ONCE = 8  # addresses that are opened beside each other
_SOON = 30  # days before a certificate ends


class OnlineOptions(NamedTuple):
    """What may be opened."""

    opens_private: bool = False  # this computer and its own network, too


@record
class CheckedAddress:
    """An address, where it is printed, and what it answered."""

    url: str
    place: Source
    answer: PageAnswer

    @property
    def problems(self) -> Iterator[Problem]:
        """Yield what is wrong with it."""
        answer = self.answer
        if answer.is_private:
            yield private(self.url, answer.reason, self.place)
        elif answer.status is None:
            yield unreachable(self.url, answer.reason, self.place)
        elif answer.status >= 400:
            yield unreachable(self.url, f"its server answers {answer.status}", self.place)
        elif answer.has_moved and _is_elsewhere(self.url, answer.url):
            yield moved(self.url, answer.url, self.place)
        if answer.days_left is not None and answer.days_left < _SOON:
            yield certificate(self.url, answer.days_left, self.place)

    def as_json(self) -> dict[str, object]:
        """Return plain values for `--json`."""
        fields: dict[str, object] = {"url": self.url, **self.answer._asdict()}
        fields["led_to"] = fields.pop("url") if not self.answer.url else self.answer.url
        fields["url"] = self.url
        return fields | {"problems": [problem.as_json() for problem in self.problems]}


def checked_addresses(
    project: Project, names: Iterable[str], options: OnlineOptions
) -> dict[str, list[CheckedAddress]]:
    """Return what the addresses of each material answer; each address is opened once."""
    printed = {name: list(_addresses_of(project, name)) for name in names}
    urls = list(dict.fromkeys(url for found in printed.values() for url, _ in found))
    may_open = _anywhere if options.opens_private else is_public
    with ThreadPoolExecutor(_AT_ONCE) as pool:
        answers = pool.map(lambda url: opened(url, may_open), urls)
        known = dict(zip(urls, answers, strict=True))
    return {
        name: [CheckedAddress(url, place, known[url]) for url, place in found]
        for name, found in printed.items()
    }


def _anywhere(_: str) -> bool:
    return True


def show_addresses(addresses: dict[str, list[CheckedAddress]]) -> None:
    """Print each address with its answer once, and what is wrong with it at each of its places."""
    every = [one for found in addresses.values() for one in found]
    by_url = {one.url: one for one in every}
    # A single name that nobody knows is more likely to be mistyped.
    if len(by_url) > 1 and all(one.answer.is_unknown for one in by_url.values()):
        show_problems([no_network(len(by_url))])
        return
    show_problems(dict.fromkeys(problem for one in every for problem in one.problems))
    for one in by_url.values():
        title = f'  "{one.answer.title}"' if one.answer.title else ""
        led_to = f"  leads to {one.answer.url}" if one.answer.url != one.url else ""
        say(f"{one.url}  {one.answer.status or 'no answer'}{title}{led_to}")
    if not every:
        say("no piece prints an address of the web", err=True)


def _addresses_of(project: Project, name: str) -> Iterator[tuple[str, Source]]:
    """Yield the addresses of the web that a material prints, each once, and where."""
    try:
        material = read_material(project, name, is_draft=True)
    except HrcpubError:
        return
    told = set()
    for url, words in _links_of(material):
        if url.lower().startswith(("http:", "https:")) and url not in told:
            told.add(url)
            bare = url.partition("://")[2].removeprefix("www.")
            host = urlsplit(url).netloc.removeprefix("www.")
            typed = bare if bare in words.text else host
            yield url, locate(typed, words.source, project.sources)


def _links_of(material: Material) -> Iterator[tuple[str, Words]]:
    for voice in material.voices:
        for words in voice.texts:
            for span in spans(words.text, voice.language):
                if span.link:
                    yield span.link, words
    for office in material.contacts:
        if office.url and office.url.link:
            yield office.url.link, office.url.words
    for code in material.codes.values():
        if code.link:
            yield code.link, code.address


def _is_elsewhere(url: str, led_to: str) -> bool:
    """Return whether an address leads to another page, and not only to https, www or a slash."""

    def bare(address: str) -> tuple[str, str, str]:
        parts = urlsplit(address)
        return parts.netloc.removeprefix("www."), parts.path.rstrip("/"), parts.query

    return bare(url) != bare(led_to)


def unreachable(url: str, reason: str, place: Source) -> Problem:
    """A printed address of the web does not answer, or answers that there is no such page.

    Fix: open it yourself. Correct it, or print the address of a page that stays. It may be that the
    server was down for a moment, or refuses programs: then try again later.
    """
    return Problem(
        "link-unreachable",
        f"{url} does not open: {reason}",
        place,
        "open it yourself, and correct it",
        Severity.WARNING,
    )


def no_network(count: int) -> Problem:
    """None of the names of the printed addresses could be looked up.

    Fix: most likely this computer has no network now, or its network wants all programs to go
    through a proxy, which hrcpub does not. Open one of the addresses in a browser. Ask again from
    another network.
    """
    said = f"none of {count} addresses could be looked up: is there a network?"
    hint = "ask again with a network, without a proxy"
    return Problem("online-no-network", said, None, hint, Severity.WARNING)


def moved(url: str, led_to: str, place: Source) -> Problem:
    """A printed address of the web leads to another page for good, as its server says.

    Fix: print the new address, unless the old one is shorter and is kept on purpose.
    """
    return Problem(
        "link-moved",
        f"{url} has moved to {led_to}",
        place,
        "print the new address",
        Severity.NOTE,
    )


def certificate(url: str, days: int, place: Source) -> Problem:
    """The certificate of a site ends within a month. From then on browsers warn of it.

    Fix: tell whoever looks after the site. Most certificates are renewed by themselves some days
    before they end: look again then.
    """
    return Problem(
        "link-certificate",
        f"the certificate of {url} ends in {days} days",
        place,
        "tell whoever looks after the site",
        Severity.NOTE,
    )


def private(url: str, reason: str, place: Source) -> Problem:
    """A printed address is of this computer, or of a network that only its office can reach.

    Fix: print an address that readers can reach. To look at this one nevertheless, give
    `--private`, too. Until then it is not opened.
    """
    return Problem(
        "link-private",
        f"{url} was not opened: {reason}",
        place,
        "print an address that readers can reach, or give --private",
        Severity.WARNING,
    )


CODES = {
    "link-unreachable": unreachable,
    "online-no-network": no_network,
    "link-moved": moved,
    "link-certificate": certificate,
    "link-private": private,
}
