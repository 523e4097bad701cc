"""`python -m sokanzu` once installed: in a wheel sokanzu is a package, and this is its __main__.py."""

from . import main

main()
