"""`python -m aftersign` is the `aftersign` command."""

from aftersign.cli.main import main

if __name__ == "__main__":
    main()
