"""What both command lines have in common: how they read what is typed, what they print where letters are
lacking, and how they end without a verdict. It imports no library, for every process starts with it.
"""
