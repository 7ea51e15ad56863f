"""``python -m unionboard``."""

from unionboard.cli import main

if __name__ == "__main__":
    main()
