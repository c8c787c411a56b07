"""A number: its value, where it comes from, and how Spanish prints it. Import from here whatever is to
be printed or traced; nothing here knows what the numbers are about.
"""
