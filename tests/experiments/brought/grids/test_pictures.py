"""PNG and JPEG files as shades of grey, and files that are none."""

import io
import struct
import zlib
from pathlib import Path

import numpy as np
import pytest
from grid_pictures import figure, save
from PIL import Image, ImageFile

from experiments.brought.grids import pictures
from experiments.brought.grids.pictures import Picture, read_picture
from experiments.errors import BroughtError

RAMP = np.arange(256, dtype=np.uint8).reshape(16, 16)
NOISE = np.random.default_rng(0).integers(0, 256, (16, 16), np.uint8)


def read(path: Path) -> Picture:
    picture, content = read_picture(path)
    assert content == path.read_bytes()
    return picture


@pytest.mark.parametrize("mode", ["L", "RGB", "RGBA", "LA"])
def test_shades_come_back(tmp_path: Path, mode: str) -> None:
    Image.fromarray(RAMP).convert(mode).save(tmp_path / "a.png")
    picture = read(tmp_path / "a.png")
    np.testing.assert_array_equal(picture.grey, RAMP)
    assert (picture.size, picture.viridis, picture.lossy, picture.dots) == ((16, 16), False, False, None)


def test_sixteen_bits_a_palette_and_one_bit(tmp_path: Path) -> None:
    Image.fromarray(RAMP.astype(np.uint16) * 257).save(tmp_path / "deep.png")
    np.testing.assert_array_equal(read(tmp_path / "deep.png").grey, RAMP)
    Image.fromarray(RAMP).convert("P").save(tmp_path / "palette.png")
    np.testing.assert_array_equal(read(tmp_path / "palette.png").grey, RAMP)
    Image.fromarray(RAMP > 100).save(tmp_path / "bits.png")
    np.testing.assert_array_equal(read(tmp_path / "bits.png").grey, np.where(RAMP > 100, 255, 0))


def test_what_is_transparent_is_white(tmp_path: Path) -> None:
    pixels = np.zeros((2, 2, 4), np.uint8)
    pixels[0, 0, 3] = 255
    save(tmp_path / "a.png", pixels)
    assert read(tmp_path / "a.png").grey.tolist() == [[0, 255], [255, 255]]


def test_the_format_is_that_of_the_content(tmp_path: Path) -> None:
    save(tmp_path / "a.png", RAMP, format="jpeg", quality=95)
    picture = read(tmp_path / "a.png")
    assert picture.lossy
    assert np.abs(picture.grey.astype(int) - RAMP).max() < 10


def test_matplotlib_leaves_its_resolution(tmp_path: Path) -> None:
    with figure(figsize=(1, 1), dpi=150) as made:
        made.savefig(tmp_path / "a.png")
    assert read(tmp_path / "a.png").dots == pytest.approx(150, abs=0.02)


def test_viridis_stands_for_shades(tmp_path: Path) -> None:
    import matplotlib

    colours = (matplotlib.colormaps["viridis"](RAMP) * 255).round().astype(np.uint8)
    page = np.full((20, 20, 4), 255, np.uint8)
    page[2:18, 2:18] = colours
    save(tmp_path / "a.png", page)
    picture = read(tmp_path / "a.png")
    assert picture.viridis
    # Light grows by less than one level from a colour to the next: rounded, some of them are the same.
    assert np.abs(picture.grey[2:18, 2:18].astype(int) - RAMP).max() <= 2
    assert (picture.grey[:2] == 255).all()


@pytest.mark.parametrize(
    "cmap", ["plasma", "inferno", "magma", "cividis", "jet", "hot", "Blues", "viridis_r"]
)
def test_other_maps(tmp_path: Path, cmap: str) -> None:
    import matplotlib

    save(tmp_path / "a.png", (matplotlib.colormaps[cmap](RAMP) * 255).round().astype(np.uint8))
    if cmap == "viridis_r":  # the same colours: dark for high
        assert np.abs(read(tmp_path / "a.png").grey.astype(int) - (255 - RAMP)).max() <= 2
        return
    with pytest.raises(
        BroughtError, match=r"a.png: .*se encontró una en otros colores; dibújela con cmap='gray'"
    ):
        read_picture(tmp_path / "a.png")


# --- what is no picture ------------------------------------------------------------------


def png(picture: np.ndarray = RAMP) -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(picture).save(buffer, "png")
    return buffer.getvalue()


def huge(side: int) -> bytes:
    """A header that announces ``side`` pixels a side."""
    header = b"IHDR" + struct.pack(">IIBBBBB", side, side, 8, 0, 0, 0, 0)
    return png()[:8] + struct.pack(">I", 13) + header + struct.pack(">I", zlib.crc32(header)) + png()[33:]


def gif() -> bytes:
    buffer = io.BytesIO()
    Image.fromarray(RAMP).save(buffer, "gif")
    return buffer.getvalue()


@pytest.mark.parametrize(
    "content",
    [
        *(b"", b"x", b"\x89PNG\r\n\x1a\n", png(NOISE)[:-40], png(NOISE)[:60], gif()),
        *(b"%PDF-1.4", b"<svg/>", b"\x80\x04]\x94.", png(NOISE)[:45] + bytes(20) + png(NOISE)[65:]),
        b"\xff\xd8\xff" + bytes(100),
    ],
)
def test_broken_files(tmp_path: Path, content: bytes, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(ImageFile, "LOAD_TRUNCATED_IMAGES", True)  # as WeasyPrint does
    (tmp_path / "a.png").write_bytes(content)
    with pytest.raises(
        BroughtError, match=r"a.png: se esperaba una imagen PNG o JPEG entera, se encontró otra"
    ):
        read_picture(tmp_path / "a.png")


@pytest.mark.parametrize("side", [4_001, 12_000, 100_000, 2**31 - 1])
def test_pictures_that_are_too_large_are_not_unpacked(tmp_path: Path, side: int) -> None:
    (tmp_path / "a.png").write_bytes(huge(side))
    with pytest.raises(
        BroughtError, match=r"una imagen de hasta 16000000 píxeles, se encontró una (de|mayor)"
    ):
        read_picture(tmp_path / "a.png")


def test_large_files_are_not_read(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(pictures, "MAX_BYTES", 50)
    save(tmp_path / "a.png", RAMP)
    with pytest.raises(BroughtError, match="se encontró una de más de 50 bytes"):
        read_picture(tmp_path / "a.png")


def test_animations(tmp_path: Path) -> None:
    frames = [Image.fromarray(RAMP), Image.fromarray(255 - RAMP)]
    frames[0].save(tmp_path / "a.png", save_all=True, append_images=frames[1:])
    with pytest.raises(BroughtError, match="una sola imagen, se encontró una animación de 2"):
        read_picture(tmp_path / "a.png")


def test_no_file(tmp_path: Path) -> None:
    for path in (tmp_path / "no.png", tmp_path):
        with pytest.raises(BroughtError, match="revise la ruta"):
            read_picture(path)
