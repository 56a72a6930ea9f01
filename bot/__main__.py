"""`python -m bot` is `secbot`."""

from bot.cli import main

main()
