"""Figures: each ``draw_*`` takes plain data computed elsewhere and only draws it."""

from report.figures.gan import (
    Dots,
    GanGlance,
    GanLosses,
    GanSeed,
    Level,
    draw_gan_glance,
    draw_gan_losses,
    running_mean,
)
from report.figures.gan_readable import (
    ImageRows,
    Readable,
    ReadableCurves,
    draw_image_groups,
    draw_image_rows,
    draw_readable_curves,
)
from report.figures.images import GanStrip, draw_gan_strip, grid_png
from report.figures.labels import texts
from report.figures.lstm import (
    ConfusionTable,
    LstmCurves,
    LstmGlance,
    LstmSeed,
    draw_confusion_table,
    draw_lstm_curves,
    draw_lstm_glance,
)
from report.figures.memory import (
    Band,
    ByDistance,
    ByLength,
    ByProbe,
    Gradients,
    draw_by_distance,
    draw_by_length,
    draw_by_probe,
)
from report.figures.svg import save_svg, svg_bytes

__all__ = [
    "Band",
    "ByDistance",
    "ByLength",
    "ByProbe",
    "ConfusionTable",
    "Dots",
    "GanGlance",
    "GanLosses",
    "GanSeed",
    "GanStrip",
    "Gradients",
    "ImageRows",
    "Level",
    "LstmCurves",
    "LstmGlance",
    "LstmSeed",
    "Readable",
    "ReadableCurves",
    "draw_by_distance",
    "draw_by_length",
    "draw_by_probe",
    "draw_confusion_table",
    "draw_gan_glance",
    "draw_gan_losses",
    "draw_gan_strip",
    "draw_image_groups",
    "draw_image_rows",
    "draw_lstm_curves",
    "draw_lstm_glance",
    "draw_readable_curves",
    "grid_png",
    "running_mean",
    "save_svg",
    "svg_bytes",
    "texts",
]
