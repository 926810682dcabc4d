"""`hrcpub studio`: starts the server, and opens its page in the browser."""

from __future__ import annotations

import click

from hrcpub.cli import open_project
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
    from hrcpub.studio.serving import listen, listen_again, serve

    sources = open_project(ctx)

    def opened(address: str) -> None:
        say(f"the studio is open at\n\n    {address}\n\nCtrl-C ends it.")
        if opens_browser:
            import webbrowser

            webbrowser.open(address)

    listening = listen(port) if port else listen_again(sources.root)
    serve(sources.root, listening, opened, bring_starters)
    return ExitCode.DONE
