"""``python -m toolkit`` is ``leitstand``."""

from toolkit.cli import main

if __name__ == "__main__":
    main()
