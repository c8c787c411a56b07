"""Other systems than the one that the tests run on."""

import os
from pathlib import Path

from report.paths import ROOT

# Of a process: no fcntl, fork, sh or awk, as on Windows. Of the lock that stands in for the system's, its
# library says that it is no more than that.
BARE = {
    "PATH": "",
    "PYTHONPATH": os.pathsep.join(map(str, (Path(__file__).parent / "bare", ROOT))),
    "PYTHONWARNINGS": "ignore:only soft file lock is available",
}
