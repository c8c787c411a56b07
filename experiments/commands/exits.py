"""What the commands answer to the shell."""

CLEAN, FOUND, FAILED = 0, 1, 2  # nothing wrong; something found; not run is not passed
