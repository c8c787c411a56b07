"""A network as it was built, which is what a document may say of it."""

from experiments.records.base import Count, Strict

Setting = bool | int | float | str | None


class BuiltLayer(Strict):
    """``kind`` is the class of the layer; ``shape`` of its output, the batch left out (None: any
    length); ``settings`` those that decide what it does, by the names of ``get_config``."""

    kind: str
    shape: tuple[int | None, ...]
    parameters: Count
    settings: dict[str, Setting]


class BuiltOptimizer(Strict):
    kind: str
    settings: dict[str, Setting]


class BuiltModel(Strict):
    """``role`` tells the networks of one run apart; ``loss`` is the name of the function."""

    role: str
    layers: tuple[BuiltLayer, ...]
    optimizer: BuiltOptimizer
    loss: str
    parameters: Count

    def layers_of(self, kind: str) -> tuple[BuiltLayer, ...]:
        return tuple(layer for layer in self.layers if layer.kind == kind)
