"""Python imports this as it starts, in every process that a case of the campaign starts."""

import importlib.util
import os
from pathlib import Path

if "CAMPAIGN_WATCH" in os.environ:
    spec = importlib.util.spec_from_file_location("watching", Path(__file__).parents[1] / "watching.py")
    watching = importlib.util.module_from_spec(spec)
    spec.loader.exec_module(watching)
    watching.watch_other_process()
