"""Grids as users draw them, cut again into the images that are in them; and what is no grid."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import numpy as np
import pytest
from grid_pictures import digits, draw_steps, figure, noise, save, save_steps, tiling
from PIL import Image
from scipy.ndimage import gaussian_filter

from experiments.brought.grids import from_pictures
from experiments.brought.grids.reader import Grids, parse_grid, read_grids
from experiments.errors import BroughtError

SHAPE = (5, 5)
STEPS = 3
TRAINED = digits(STEPS, 25)
FROM_NOISE = np.concatenate([noise(25), digits(STEPS - 1, 25)])


def difference(grids: Grids, images: np.ndarray) -> float:
    """Mean absolute difference of the digits, in grey levels; the noise that comes first is left out,
    because matplotlib stretches it from black to white."""
    first = 0 if images is TRAINED else 1
    return float(np.abs(grids.images[first:].astype(int) - images[first:]).mean())


def tilings(images: np.ndarray, *arguments: object, **options: object) -> list[np.ndarray]:
    return [tiling(step, SHAPE, *arguments, **options) for step in images]  # type: ignore[arg-type]


# --- tilings -----------------------------------------------------------------------------


@pytest.mark.parametrize("images", [TRAINED, FROM_NOISE], ids=["trained", "from noise"])
@pytest.mark.parametrize(
    ("padding", "around", "shade"),
    [
        (0, False, 0),
        (2, True, 0),
        (2, True, 255),
        (2, True, 127),
        (1, True, 0),
        (8, True, 0),
        (3, False, 255),
    ],
)
def test_tilings_come_back_as_they_were(
    tmp_path: Path, images: np.ndarray, padding: int, around: bool, shade: int
) -> None:
    pattern = save_steps(tmp_path, tilings(images, padding, around, shade))
    grids = read_grids(pattern, SHAPE)
    np.testing.assert_array_equal(grids.images, images)
    assert (grids.steps, grids.ink, grids.original_size) == ((0, 500, 1000), "bright", (28, 28))
    content = b"".join((tmp_path / f"muestras_{step}.png").read_bytes() for step in grids.steps)
    assert grids.digest == hashlib.sha256(content).hexdigest()
    assert grids.names == ()


@pytest.mark.parametrize("padding", [0, 2])
def test_dark_ink_is_turned_bright(tmp_path: Path, padding: int) -> None:
    inverted = [255 - picture for picture in tilings(TRAINED, padding)]
    grids = read_grids(save_steps(tmp_path, inverted), SHAPE)
    np.testing.assert_array_equal(grids.images, TRAINED)
    assert grids.ink == "dark"


@pytest.mark.parametrize(
    ("padding", "shade", "most"), [(0, 0, 2), (2, 0, 2), (2, 255, 2.5)], ids=["none", "black", "white"]
)
def test_jpeg_alters_little(tmp_path: Path, padding: int, shade: int, most: float) -> None:
    pattern = save_steps(tmp_path, tilings(FROM_NOISE, padding, True, shade), "jpg", quality=85)
    assert difference(read_grids(pattern, SHAPE), FROM_NOISE) < most


def test_separators_that_are_seen_give_the_shape(tmp_path: Path) -> None:
    images = digits(2, 32)
    pattern = save_steps(tmp_path, [tiling(step, (4, 8), 2, shade=255) for step in images])
    grids = read_grids(pattern, None)
    np.testing.assert_array_equal(grids.images, images)
    assert grids.notices == ("Cuadrículas de 4 × 8 imágenes de 28 × 28 píxeles.",)


def test_noise_alone_is_a_grid_of_a_network_without_training(tmp_path: Path) -> None:
    pattern = save_steps(tmp_path, tilings(noise(25)))
    grids = read_grids(pattern, SHAPE)
    np.testing.assert_array_equal(grids.images, noise(25))
    assert grids.notices[-1] == "No se distingue si la tinta es clara u oscura; se toma por clara."


@pytest.mark.parametrize(
    ("side", "filter_", "most"), [(56, "NEAREST", 0), (32, "BILINEAR", 7), (64, "BILINEAR", 7)]
)
def test_other_sizes_are_brought_to_28(tmp_path: Path, side: int, filter_: str, most: float) -> None:
    enlarged = np.array(
        [
            [np.asarray(Image.fromarray(i).resize((side, side), Image.Resampling[filter_])) for i in step]
            for step in TRAINED
        ]
    )
    grids = read_grids(save_steps(tmp_path, tilings(enlarged)), SHAPE)
    assert grids.original_size == (side, side)
    assert difference(grids, TRAINED) <= most
    assert f"imágenes de {side} × {side} píxeles, que se llevan a 28 × 28." in grids.notices[0]


def test_two_ways_to_cut_are_none(tmp_path: Path) -> None:
    """28 pixels and five between fill as much as 32: only what is drawn to the border tells."""
    pattern = save_steps(tmp_path, tilings(TRAINED, 5, False))
    with pytest.raises(BroughtError, match="caben imágenes de 32 y de 28 píxeles; guarde las imágenes con"):
        read_grids(pattern, SHAPE)
    pattern = save_steps(tmp_path, tilings(FROM_NOISE, 5, False))
    np.testing.assert_array_equal(read_grids(pattern, SHAPE).images, FROM_NOISE)


# --- figures of matplotlib ---------------------------------------------------------------
# The images come back softened where matplotlib softens what it enlarges by less than three; a frame
# covers a part of the outermost pixels, and JPEG adds its own.


@pytest.mark.parametrize("tight", [False, True], ids=["page", "tight"])
@pytest.mark.parametrize("cmap", ["gray", "gray_r", "viridis"])
@pytest.mark.parametrize(("ending", "most"), [("png", 5), ("jpg", 6)])
def test_figures(tmp_path: Path, tight: bool, cmap: str, ending: str, most: float) -> None:
    pattern = draw_steps(tmp_path, FROM_NOISE, cmap=cmap, tight=tight, ending=ending)
    grids = read_grids(pattern, None)
    assert grids.images.shape == (STEPS, 25, 28, 28)
    assert difference(grids, FROM_NOISE) < most
    assert grids.original_size == (64, 64)
    assert grids.ink == ("dark" if cmap == "gray_r" else "bright")
    assert (
        "Los colores del mapa «viridis» se convierten a los grises que representan." in grids.notices
    ) == (cmap == "viridis")


@pytest.mark.parametrize(
    ("options", "most"), [({"figsize": (10, 10)}, 1), ({"dpi": 300}, 1), ({"figsize": (4, 4)}, 5)]
)
def test_larger_figures_are_more_faithful(tmp_path: Path, options: dict, most: float) -> None:
    pattern = draw_steps(tmp_path, FROM_NOISE[:2], **options)
    assert difference(read_grids(pattern, SHAPE), FROM_NOISE[:2]) < most


@pytest.mark.parametrize("spaces", [0.05, 0.5])
def test_other_spaces(tmp_path: Path, spaces: float) -> None:
    assert difference(read_grids(draw_steps(tmp_path, FROM_NOISE, spaces=spaces), None), FROM_NOISE) < 6


def test_a_title_above_is_left_out(tmp_path: Path) -> None:
    pattern = draw_steps(tmp_path, FROM_NOISE, cmap="gray_r", titled=True)
    assert difference(read_grids(pattern, SHAPE), FROM_NOISE) < 5


@pytest.mark.parametrize("cmap", ["gray", "gray_r", "viridis"])
@pytest.mark.parametrize("ending", ["png", "jpg"])
def test_a_frame_is_cut_off(tmp_path: Path, cmap: str, ending: str) -> None:
    images = TRAINED
    grids = read_grids(draw_steps(tmp_path, images, cmap=cmap, axes="frame", ending=ending), None)
    assert difference(grids, images) < 10
    borders = np.stack([grids.images[:, :, 0], grids.images[:, :, -1]])
    assert borders.mean() < 10  # a ground, as MNIST's


@pytest.mark.parametrize("tight", [False, True], ids=["page", "tight"])
def test_borders_that_no_step_shows_lie_where_matplotlib_places_them(tmp_path: Path, tight: bool) -> None:
    grids = read_grids(draw_steps(tmp_path, TRAINED, cmap="gray_r", tight=tight), SHAPE)
    assert difference(grids, TRAINED) < 5
    assert grids.notices[1] == (
        "Las imágenes se recortan por la disposición que matplotlib da a sus figuras, porque sus bordes no "
        "se ven."
    )


@pytest.mark.parametrize("options", [{"spaces": 0.05}, {"spaces": 0.3}, {"titled": True}, {"ending": "jpg"}])
def test_they_are_refused_where_the_ink_does_not_agree(tmp_path: Path, options: dict) -> None:
    pattern = draw_steps(tmp_path, TRAINED, cmap="gray_r", **options)
    with pytest.raises(BroughtError, match="no se distinguen; guarde las imágenes con"):
        read_grids(pattern, SHAPE)


def test_axes_with_ticks_are_refused(tmp_path: Path) -> None:
    pattern = draw_steps(tmp_path, FROM_NOISE[:2], axes="ticks")
    with pytest.raises(
        BroughtError, match="5 × 5 imágenes sin ejes ni títulos, se encontró una imagen en la"
    ):
        read_grids(pattern, SHAPE)


def test_images_without_room_between_them_are_refused(tmp_path: Path) -> None:
    pattern = draw_steps(tmp_path, FROM_NOISE[:2], spaces=0, figsize=(5, 5))
    with pytest.raises(BroughtError, match="no se distinguen"):
        read_grids(pattern, SHAPE)


# --- what is no grid ---------------------------------------------------------------------


def loss_curve(folder: Path, side: float) -> np.ndarray:
    with figure(figsize=(side, side)) as made:
        axes = made.subplots()
        axes.plot(np.exp(-np.arange(100) / 30), label="D")
        axes.plot(1 - np.exp(-np.arange(100) / 30), color="black", label="G")
        axes.legend()
        made.savefig(folder / "curva.png")
    return np.asarray(Image.open(folder / "curva.png").convert("L"))


def one_digit(folder: Path, side: float, cmap: str = "gray") -> np.ndarray:
    with figure(figsize=(side, side)) as made:
        axes = made.subplots()
        axes.imshow(TRAINED[0, 3], cmap=cmap)
        axes.axis("off")
        made.savefig(folder / "cifra.png")
    return np.asarray(Image.open(folder / "cifra.png").convert("L"))


def table_of_colours(folder: Path, side: float) -> np.ndarray:
    with figure(figsize=(side, side)) as made:
        axes = made.subplots()
        axes.pcolormesh(np.arange(25).reshape(5, 5), cmap="gray", edgecolors="white", linewidth=4)
        axes.axis("off")
        made.savefig(folder / "tabla.png")
    return np.asarray(Image.open(folder / "tabla.png").convert("L"))


def gradient(folder: Path, side: float) -> np.ndarray:
    ramp = np.linspace(0, 127, round(100 * side))
    return (ramp[:, None] + ramp).astype(np.uint8)


def photo(folder: Path, side: float) -> np.ndarray:
    """Light and shade of all sizes."""
    rng = np.random.default_rng(0)
    layers = [gaussian_filter(rng.normal(size=(round(100 * side),) * 2), 2**k) * 2**k for k in range(6)]
    return (127 + 60 * sum(layers)).clip(0, 255).astype(np.uint8)


def enlarged_digit(folder: Path, side: float) -> np.ndarray:
    return np.asarray(Image.fromarray(TRAINED[0, 3]).resize((round(100 * side),) * 2))


@pytest.mark.parametrize("ending", ["png", "jpg"])
@pytest.mark.parametrize("side", [1.4, 1.6, 2.8, 5])  # of which 5 × 5 squares of 28, 32 and 56 pixels
@pytest.mark.parametrize("make", [loss_curve, one_digit, table_of_colours, gradient, photo, enlarged_digit])
def test_pictures_of_one_thing_are_refused(
    tmp_path: Path, make: Callable[[Path, float], np.ndarray], side: float, ending: str
) -> None:
    pattern = save_steps(tmp_path, [make(tmp_path, side)] * 2, ending)
    with pytest.raises(
        BroughtError, match=r"sin ejes ni títulos, se encontró (una imagen en|un dibujo que sigue)"
    ):
        read_grids(pattern, SHAPE)
    with pytest.raises(
        BroughtError, match="con separaciones a la vista, se encontró una imagen sin ellas; diga"
    ):
        read_grids(pattern, None)


@pytest.mark.parametrize("size", [(300, 300), (480, 640), (140, 141), (152, 152), (145, 145), (100, 100)])
def test_noise_of_other_sizes_is_refused(tmp_path: Path, size: tuple[int, int]) -> None:
    pattern = save_steps(tmp_path, [np.random.default_rng(0).integers(0, 256, size, np.uint8)] * 2)
    with pytest.raises(BroughtError, match="no se distinguen"):
        read_grids(pattern, SHAPE)


@pytest.mark.parametrize("shade", [0, 255])
def test_empty_pictures_are_refused(tmp_path: Path, shade: int) -> None:
    pattern = save_steps(tmp_path, [np.full((140, 140), shade, np.uint8)])
    with pytest.raises(BroughtError, match="no se distinguen"):
        read_grids(pattern, SHAPE)


def test_colours_are_refused(tmp_path: Path) -> None:
    pattern = draw_steps(tmp_path, TRAINED[:1], cmap="plasma")
    with pytest.raises(
        BroughtError, match=r"en grises, o con los colores «viridis».*en otros colores; dibújela con"
    ):
        read_grids(pattern, SHAPE)


# --- steps that do not go together -------------------------------------------------------


def test_another_shape_than_was_said(tmp_path: Path) -> None:
    pattern = save_steps(tmp_path, tilings(TRAINED, 2, True, 255))
    with pytest.raises(BroughtError, match=r"de 4 × 6 imágenes, se encontró una de 5 × 5; corrija --grid\.$"):
        read_grids(pattern, (4, 6))


def test_other_sizes_name_both_files(tmp_path: Path) -> None:
    pattern = save_steps(tmp_path, [tiling(TRAINED[0], SHAPE), tiling(TRAINED[1], (4, 5))])
    with pytest.raises(
        BroughtError, match=r"muestras_500.png: .*se encontró 140 × 112, y en «muestras_0.png» 140 × 140;"
    ):
        read_grids(pattern, SHAPE)


def test_other_grids_of_one_size_name_both_files(tmp_path: Path) -> None:
    few = np.full((152, 152), 255, np.uint8)
    few[:122, :122] = tiling(TRAINED[1], (4, 4), 2, shade=255)
    pattern = save_steps(tmp_path, [tiling(TRAINED[0], SHAPE, 2, shade=255), np.roll(few, 15, (0, 1))])
    with pytest.raises(
        BroughtError, match=r"muestras_500.png: .*imágenes en 4 × 4 .*«muestras_0.png» en 5 × 5"
    ):
        read_grids(pattern, None)


def test_small_images_are_refused(tmp_path: Path) -> None:
    small = np.array([[np.asarray(Image.fromarray(i).resize((20, 20))) for i in s] for s in TRAINED])
    pattern = save_steps(tmp_path, tilings(small, 2, True, 255))
    with pytest.raises(
        BroughtError, match="una imagen de 28 píxeles de lado o más, se encontró una de 20 × 20"
    ):
        read_grids(pattern, None)


# --- names of the files ------------------------------------------------------------------


def test_steps_are_numbers(tmp_path: Path) -> None:
    for i, name in enumerate(("s[1]_0010.png", "s[1]_9.png", "s[1]_100.png", "s[1]_x.png", "s[1]_5_.png")):
        save(tmp_path / name, tiling(TRAINED[i % STEPS], SHAPE))
    grids = read_grids(str(tmp_path / "s[1]_{step}.png"), SHAPE)
    assert grids.steps == (9, 10, 100)
    np.testing.assert_array_equal(grids.images, TRAINED[[1, 0, 2]])


def test_two_files_of_one_step(tmp_path: Path) -> None:
    for name in ("s_5.png", "s_05.png"):
        save(tmp_path / name, tiling(TRAINED[0], SHAPE))
    with pytest.raises(
        BroughtError, match=r"un fichero por paso, se encontró «s_05.png» y «s_5.png», del mismo"
    ):
        read_grids(str(tmp_path / "s_{paso}.png"), SHAPE)


@pytest.mark.parametrize(
    ("pattern", "message"),
    [
        ("s_{paso}.png", "algún fichero con ese nombre y un número, se encontró ninguno"),
        ("nada/s_{paso}.png", "una carpeta con imágenes, se encontró que no existe"),
        ("s_5.png", "un nombre con {paso} una vez, o un archivo NPZ, se encontró otro"),
        ("{paso}/s_{paso}.png", "un nombre con {paso} una vez"),
        ("{paso}/s.png", "un nombre con {paso} una vez"),
        ("s_{paso}_{step}.png", "un nombre con {paso} una vez"),
        ("", "un nombre con {paso} una vez"),
    ],
)
def test_other_patterns(tmp_path: Path, pattern: str, message: str) -> None:
    with pytest.raises(BroughtError, match=message):
        read_grids(str(tmp_path / pattern), SHAPE)


def test_too_much_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    pattern = save_steps(tmp_path, tilings(TRAINED))
    with monkeypatch.context() as patch:
        patch.setattr(from_pictures, "MAX_STEPS", 2)
        with pytest.raises(BroughtError, match="un máximo de 2 pasos, se encontró 3"):
            read_grids(pattern, SHAPE)
    with monkeypatch.context() as patch:
        patch.setattr(from_pictures, "MAX_PIXELS", 2 * 140 * 140)
        with pytest.raises(BroughtError, match="un máximo de 39200 píxeles en total, se encontró más"):
            read_grids(pattern, SHAPE)
    with monkeypatch.context() as patch:
        patch.setattr("experiments.brought.grids.reader.MAX_IMAGES", 74)
        with pytest.raises(BroughtError, match="un máximo de 74 imágenes, se encontró 3 pasos de 25"):
            read_grids(pattern, SHAPE)


@pytest.mark.parametrize(("text", "shape"), [("5x5", (5, 5)), ("4×8", (4, 8)), (" 1 X 10 ", (1, 10))])
def test_shapes(text: str, shape: tuple[int, int]) -> None:
    assert parse_grid(text) == shape


@pytest.mark.parametrize(
    "text", ["", "5", "5x", "x5", "5x5x5", "0x5", "1x1", "65x2", "-1x5", "٥x٥", "5,5", "9" * 99]
)
def test_other_shapes(text: str) -> None:
    with pytest.raises(BroughtError, match=r"^--grid: se esperaba una cuadrícula.*; escríbala como 5x5.$"):
        parse_grid(text)
