"""A picture that an author brings, as shades of grey."""

import io
import logging
import struct
import warnings
import zlib
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from PIL import Image, ImageFile

from experiments.brought.refusals import refusal
from experiments.causes import cause

FORMATS = ("PNG", "JPEG")
MAX_BYTES = 50_000_000
MAX_PIXELS = 16_000_000  # a figure of 13 × 13 inches at 300 dots per inch
WHITE = 255

SAVE_ARRAYS = "guarde las imágenes con numpy.savez('cuadriculas.npz', step_500=imágenes, …)"

# How far apart the channels of a grey may be, because JPEG stores colour more coarsely than light.
GREY_SPREAD = 16
# matplotlib mixes colours between the pixels of an image that it enlarges, and a mixture lies off the
# map; in figures with viridis 80 to 98 of each 100 pixels lie this near to it, with other maps 10 at most.
NEAR, NEAR_SHARE = 32, 0.5
PAGE = 235  # the darkest channel of the white around the images

_SAVE_AGAIN = "guárdela otra vez como PNG"
# Pillow's own complaints, and what broken files raise in its depths
_BROKEN = (OSError, ValueError, SyntaxError, EOFError, MemoryError, OverflowError, struct.error, zlib.error)


@dataclass(frozen=True)
class Picture:
    """``grey`` uint8[H, W]; ``dots`` per inch if matplotlib says that it drew the picture."""

    grey: np.ndarray
    viridis: bool
    lossy: bool
    dots: float | None = None

    @property
    def size(self) -> tuple[int, int]:
        """Height and width."""
        return self.grey.shape[0], self.grey.shape[1]


def read_picture(path: Path) -> tuple[Picture, bytes]:
    """A PNG or JPEG file, whatever its name says, and its bytes.

    Transparent parts are white; the colours of viridis, which is what matplotlib paints with unless told
    otherwise, are turned back into the shades that they stand for, dark for low.

    Raises:
        BroughtError: no such file; another format; broken, animated or too large; other colours.
    """
    content = _content(path)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # of ornaments such as EXIF
        warnings.simplefilter("error", Image.DecompressionBombWarning)
        try:
            with Image.open(io.BytesIO(content), formats=FORMATS) as image:
                if image.width * image.height > MAX_PIXELS:
                    raise _too_large(path, f"una de {image.width} × {image.height}")
                if (n := getattr(image, "n_frames", 1)) > 1:
                    raise refusal(path, "una sola imagen", f"una animación de {n}", _SAVE_AGAIN)
                _load_whole(image)
                return _picture(path, image), content
        except (Image.DecompressionBombError, Image.DecompressionBombWarning) as error:
            raise _too_large(path, "una mayor") from error
        except _BROKEN as error:
            raise refusal(path, "una imagen PNG o JPEG entera", "otra cosa", _SAVE_AGAIN) from error


def _load_whole(image: ImageFile.ImageFile) -> None:
    """What other libraries, such as WeasyPrint, let pass in the whole process: files that are cut short."""
    allowed, ImageFile.LOAD_TRUNCATED_IMAGES = ImageFile.LOAD_TRUNCATED_IMAGES, False
    try:
        image.load()
    finally:
        ImageFile.LOAD_TRUNCATED_IMAGES = allowed


def _content(path: Path) -> bytes:
    try:
        if path.exists() and not (path.is_file() or path.is_dir()):  # a pipe would be waited for
            raise refusal(path, "una imagen", "otra cosa", "revise la ruta")
        with path.open("rb") as file:
            content = file.read(MAX_BYTES + 1)
    except OSError as error:
        raise refusal(path, "una imagen", cause(error), "revise la ruta") from error
    if len(content) > MAX_BYTES:
        raise _too_large(path, f"una de más de {MAX_BYTES} bytes")
    return content


def _too_large(path: Path, found: str) -> Exception:
    return refusal(path, f"una imagen de hasta {MAX_PIXELS} píxeles", found, SAVE_ARRAYS)


def _picture(path: Path, image: Image.Image) -> Picture:
    lossy = image.format == "JPEG"
    dots = None
    if str(image.info.get("Software", "")).startswith("Matplotlib"):
        dots = float(image.info.get("dpi", (100.0, 100.0))[0])
    if image.mode.startswith("I"):  # 16 bits
        return Picture(
            (np.asarray(image).astype(np.uint32) >> 8).clip(0, WHITE).astype(np.uint8), False, lossy
        )
    if image.has_transparency_data:
        image = image.convert("RGBA")
        image = Image.alpha_composite(Image.new("RGBA", image.size, "white"), image)
    image = image.convert("RGB")
    colours = np.asarray(image)
    light = np.asarray(image.convert("L"))
    darkest = colours.min(axis=2)
    if int((colours.max(axis=2) - darkest).max()) <= GREY_SPREAD:
        return Picture(light, False, lossy, dots)
    shades = _viridis_shades(colours, light, darkest >= PAGE)
    if shades is None:
        raise refusal(
            path,
            "una imagen en grises, o con los colores «viridis» de matplotlib",
            "una en otros colores",
            f"dibújela con cmap='gray' o {SAVE_ARRAYS}",
        )
    return Picture(shades, True, lossy, dots)


def _viridis_shades(colours: np.ndarray, light: np.ndarray, page: np.ndarray) -> np.ndarray | None:
    """uint8[H, W], white where ``page``; None if the colours uint8[H, W, 3] are others.

    By ``light``, which grows along the map and mixes as the colours do.
    """
    logging.getLogger("matplotlib").setLevel(logging.ERROR)  # of a home that cannot be written it warns
    from matplotlib import colormaps

    table = (colormaps["viridis"](np.arange(256))[:, :3] * WHITE).round().astype(np.uint8)
    table_light = np.asarray(Image.fromarray(table[None]).convert("L"))[0]
    shades = np.interp(np.arange(256), table_light, np.arange(256)).round().astype(np.uint8)[light]
    distance = np.abs(colours.astype(np.int16) - table[shades]).max(axis=2)[~page]
    if distance.size == 0 or (distance <= NEAR).mean() < NEAR_SHARE:
        return None
    return np.where(page, np.uint8(WHITE), shades)
