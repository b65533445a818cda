"""`python -m backrec_cli` is `backrec`."""

from backrec_cli.cli.app import main

if __name__ == "__main__":
    main()
