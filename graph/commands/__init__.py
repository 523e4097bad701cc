"""What each command does: one module a command, its function of the same name.

In: a Context and the command's words. Out: text on a stream and an exit code. cli.py says
how the words are spelled; everything else is here, so that Python can call it too.
"""
