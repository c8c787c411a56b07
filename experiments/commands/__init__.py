"""The command line: one file a verb, with what it adds to the parser and what it does. Only
``experiments.__main__`` imports from here.
"""
