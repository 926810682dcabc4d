"""Run the command line: `python -m hrcpub`."""

from hrcpub.cli import main

if __name__ == "__main__":
    main()
