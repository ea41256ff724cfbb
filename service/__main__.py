"""`python -m service`, and the console script `ordbro`."""

from service.cli import main

if __name__ == "__main__":
    main()
