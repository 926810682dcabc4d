"""`hrcpub studio`: starts the server, and opens its page in the browser."""

from __future__ import annotations

import click

from hrcpub.cli.program import open_project
from hrcpub.cli.show import say
from hrcpub.problems import ExitCode


@click.command()
@click.option(
    "--port",
    type=click.IntRange(0, 65535),
    default=0,
    show_default="the last one, or any that is free",
    help="Where the studio listens, on this computer alone.",
)
@click.option(
    "--browser/--no-browser",
    "opens_browser",
    default=True,
    help="Open the page in the browser, or only print its address.",
)
@click.pass_context
def studio(ctx: click.Context, port: int, opens_browser: bool) -> int:
    """Open the studio: write words and see the real pages, in the browser.

    It runs on this computer alone, and nothing leaves it. What you type is saved in the same files
    that you would edit by hand. Ctrl-C ends it.
    """
    from hrcpub.cli.font_files import bring_starters
    from hrcpub.studio.serving import Listening, listen, listen_again, serve

    sources = open_project(ctx)
    listening = Listening(listen(port)) if port else listen_again(sources.root)

    def opened(address: str) -> None:
        say(f"the studio is open at\n\n    {address}\n\nCtrl-C ends it.")
        if listening.missed:
            say(
                f"Port {listening.missed}, where windows that were left open look for it, is taken:"
                " by another studio of this project, or another program."
            )
        if opens_browser:
            import webbrowser

            webbrowser.open(address)

    serve(sources.root, listening.socket, opened, bring_starters)
    return ExitCode.DONE
