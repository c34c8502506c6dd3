"""`python -m kepu`."""

from kepu.cli import main

if __name__ == "__main__":
    raise SystemExit(main())
