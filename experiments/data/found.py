"""The data of all kinds of runs, found and read once to know which they are."""
