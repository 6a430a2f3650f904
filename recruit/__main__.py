"""`python -m recruit` is the command line."""

from recruit.cli import main

main()
