"""``judge``: print, as JSON, what the stored judge reads in each image of a file."""

import argparse
import json
import sys
from pathlib import Path

from experiments.commands.exits import CLEAN
from experiments.paths import REFERENCE, RESULTS, place

HELP = "dice qué se lee en cada imagen de un archivo"
EXAMPLE = "imágenes.npz"


def add_arguments(parser: argparse.ArgumentParser) -> None:
    parser.add_argument(
        "images", type=Path, metavar="IMÁGENES.npz", help="con «x»: uint8 de n × 28 × 28, tinta clara"
    )


def run(options: argparse.Namespace) -> int:
    from experiments.images.judge_images import judge_images  # here, so that no other verb waits for it

    rows, failed = judge_images(options.images, (RESULTS, REFERENCE, place(REFERENCE)))
    if failed:
        print(f"Aviso: este juez no supera estos controles: {', '.join(failed)}.", file=sys.stderr)
    print(json.dumps(rows, indent=1, allow_nan=False))
    return CLEAN
