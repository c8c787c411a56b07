"""The command line: one file a verb, with what it adds to the parser and what it does, and ``native``,
which runs before there is an environment. Only ``report.__main__`` imports from here.
"""
