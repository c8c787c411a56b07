"""The layers that both networks of the GAN must have, worked out from its settings without Keras."""

from collections.abc import Iterator, Mapping
from math import isclose, prod
from typing import Literal

from experiments.records.built import BuiltLayer, Setting

Architecture = Literal["convolutional", "dense"]

SIDE = 28  # pixels
WRAPPER, WRAPPED = "SpectralNormalization", "layer"

# What a layer does unless its network asks for something else.
_USUAL: dict[str, Setting] = {
    "axis": -1,
    "center": True,
    "data_format": "channels_last",
    "dilation_rate": "1×1",
    "epsilon": 1e-3,
    "groups": 1,
    "momentum": 0.99,
    "noise_shape": None,
    "output_padding": None,
    "renorm": False,
    "scale": True,
    "synchronized": False,
}
_NEVER = ("_regularizer", "_constraint")


def generator_layers(architecture: Architecture, latent_dim: int, slope: float) -> tuple[BuiltLayer, ...]:
    """From z to an image in [-1, 1]."""
    if architecture == "dense":
        hidden = [
            layer
            for n_inputs, units in ((latent_dim, 256), (256, 512), (512, 1024))
            for layer in (_dense(n_inputs, units), _leaky((units,), slope), _normalisation((units,)))
        ]
        pixels = (SIDE, SIDE, 1)
        return (*hidden, _dense(1024, prod(pixels), activation="tanh"), _reshape(pixels))
    small, large = (7, 7, 128), (14, 14, 64)
    units = prod(small)
    return (
        _dense(latent_dim, units, use_bias=False),
        _normalisation((units,)),
        _leaky((units,), slope),
        _reshape(small),
        _convolution("Conv2DTranspose", small[-1], large, use_bias=False),
        _normalisation(large),
        _leaky(large, slope),
        _convolution("Conv2DTranspose", large[-1], (SIDE, SIDE, 1), activation="tanh"),
    )


def discriminator_layers(
    architecture: Architecture, slope: float, dropout: float, spectral_norm: bool
) -> tuple[BuiltLayer, ...]:
    """From an image to the logit of being real."""

    def block(layer: BuiltLayer) -> tuple[BuiltLayer, ...]:
        return layer, _leaky(layer.shape, slope), _dropout(layer.shape, dropout)

    if architecture == "dense":
        n_pixels = SIDE * SIDE
        layers = (_flatten(n_pixels), *block(_dense(n_pixels, 512)), *block(_dense(512, 256)), _dense(256, 1))
    else:
        large, small = (14, 14, 64), (7, 7, 128)
        layers = (
            *block(_convolution("Conv2D", 1, large)),
            *block(_convolution("Conv2D", large[-1], small)),
            _flatten(prod(small)),
            _dense(prod(small), 1),
        )
    if not spectral_norm:
        return layers
    return tuple(_normed(layer) if layer.kind in ("Dense", "Conv2D") else layer for layer in layers)


def differences(expected: tuple[BuiltLayer, ...], built: tuple[BuiltLayer, ...]) -> Iterator[str]:
    """Where ``built`` are not the layers ``expected``, in Spanish."""
    kinds, found = ([layer.kind for layer in layers] for layers in (expected, built))
    if kinds != found:
        yield f"se esperaban las capas {', '.join(kinds)}, se encontraron {', '.join(found) or 'ninguna'}"
        return
    for number, (wanted, layer) in enumerate(zip(expected, built, strict=True), start=1):
        place = f"capa {number} ({layer.kind})"
        if wanted.shape != layer.shape:
            yield f"{place}, forma: se esperaba {wanted.shape}, se encontró {layer.shape}"
        if wanted.parameters != layer.parameters:
            yield f"{place}, parámetros: se esperaban {wanted.parameters}, se encontraron {layer.parameters}"
        yield from (f"{place}, {text}" for text in unlike(_complete(wanted, layer), layer.settings))


def unlike(expected: Mapping[str, Setting], built: Mapping[str, Setting]) -> Iterator[str]:
    """Which of the settings ``expected`` have another value in ``built``, in Spanish."""
    for name, value in expected.items():
        found = built.get(name)
        if not _same(value, found):
            yield f"{name}: se esperaba {value}, se encontró {found}"


def _complete(wanted: BuiltLayer, built: BuiltLayer) -> dict[str, Setting]:
    """The settings of ``wanted``, and of all others that ``built`` has those that are known here."""
    settings: dict[str, Setting] = {}
    for path in built.settings:
        name = path.removeprefix(f"{WRAPPED}.")
        if name in _USUAL:
            settings[path] = _USUAL[name]
        elif name.endswith(_NEVER):
            settings[path] = None
    return settings | wanted.settings


def _same(expected: Setting, built: Setting) -> bool:
    """Numbers up to the rounding of what Keras keeps in single precision."""
    if isinstance(expected, float) and isinstance(built, int | float):
        return isclose(expected, built, rel_tol=1e-6)
    return expected == built


def _dense(n_inputs: int, units: int, activation: str = "linear", use_bias: bool = True) -> BuiltLayer:
    return BuiltLayer(
        kind="Dense",
        shape=(units,),
        parameters=(n_inputs + use_bias) * units,
        settings={"units": units, "activation": activation, "use_bias": use_bias},
    )


def _convolution(
    kind: str, channels: int, shape: tuple[int, int, int], activation: str = "linear", use_bias: bool = True
) -> BuiltLayer:
    """With kernels of 5 × 5, which halve the side or, transposed, double it."""
    filters = shape[-1]
    return BuiltLayer(
        kind=kind,
        shape=shape,
        parameters=(25 * channels + use_bias) * filters,
        settings={
            "filters": filters,
            "kernel_size": "5×5",
            "strides": "2×2",
            "padding": "same",
            "activation": activation,
            "use_bias": use_bias,
        },
    )


def _normalisation(shape: tuple[int, ...]) -> BuiltLayer:
    return BuiltLayer(kind="BatchNormalization", shape=shape, parameters=4 * shape[-1], settings={})


def _leaky(shape: tuple[int | None, ...], slope: float) -> BuiltLayer:
    return BuiltLayer(kind="LeakyReLU", shape=shape, parameters=0, settings={"negative_slope": slope})


def _dropout(shape: tuple[int | None, ...], rate: float) -> BuiltLayer:
    return BuiltLayer(kind="Dropout", shape=shape, parameters=0, settings={"rate": rate})


def _reshape(shape: tuple[int, ...]) -> BuiltLayer:
    settings: dict[str, Setting] = {"target_shape": "×".join(map(str, shape))}
    return BuiltLayer(kind="Reshape", shape=shape, parameters=0, settings=settings)


def _flatten(size: int) -> BuiltLayer:
    return BuiltLayer(kind="Flatten", shape=(size,), parameters=0, settings={})


def _normed(layer: BuiltLayer) -> BuiltLayer:
    """``layer`` in its wrapper, which keeps one vector of the size of its outputs."""
    inside = {f"{WRAPPED}.{name}": value for name, value in layer.settings.items()}
    channels = layer.shape[-1]
    assert channels is not None
    return BuiltLayer(
        kind=WRAPPER,
        shape=layer.shape,
        parameters=layer.parameters + channels,
        settings={WRAPPED: layer.kind, "power_iterations": 1, **inside},
    )
