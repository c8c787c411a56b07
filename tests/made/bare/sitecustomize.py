"""A Python that lacks what only some systems have. Whoever starts it with this folder in PYTHONPATH, as
``systems.BARE`` does, shows that what it does can be done without: on Windows there is none of it."""

import os
import sys

for name in ("fcntl", "grp", "pty", "pwd", "resource", "termios", "tty"):
    sys.modules[name] = None  # type: ignore[assignment]
for name in ("fork", "forkpty"):
    if hasattr(os, name):
        delattr(os, name)
