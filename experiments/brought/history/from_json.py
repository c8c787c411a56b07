"""``History.history`` of Keras, or a dict of lists like it, as JSON."""

import json
from pathlib import Path
from typing import Any

from experiments.brought.history.names import counts_epochs, meaning
from experiments.brought.history.written import AS_JSON, HISTORY, Written, listed
from experiments.brought.refusals import refusal

_EXPECTED = "un historial, un objeto JSON con una lista por métrica (loss, val_loss…)"


def read_json(text: str, path: Path) -> Written:
    """Of {"loss": [...], "val_loss": [...]}, also under the key ``history``.

    Raises:
        BroughtError: no JSON, something else in it, or two lists of one name.
    """
    content = _parsed(text, path)
    outside: list[str] = []
    if isinstance(content, dict) and isinstance(content.get("history"), dict):
        outside = [name for name in content if name != "history"]
        content = content["history"]
    if not isinstance(content, dict):
        raise refusal(path, _EXPECTED, _described(content), AS_JSON)
    lists = {name: values for name, values in content.items() if isinstance(values, list)}
    if not any(meaning(name) for name in lists):
        raise refusal(path, _EXPECTED, _described(content), AS_JSON)
    epochs = next((name for name in lists if counts_epochs(name)), None)
    others = [name for name in content if name not in lists] + outside
    return Written(
        {name: values for name, values in lists.items() if name != epochs},
        lambda i: f"el valor {i + 1}",
        lists.get(epochs) if epochs else None,
        notices=(f"claves que no son listas de métricas y no se leen: {listed(others)}.",) if others else (),
    )


def _parsed(text: str, path: Path) -> Any:
    repeated: list[str] = []

    def unique(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
        found = dict(pairs)
        names = [name for name, _ in pairs]
        repeated.extend(name for name in found if names.count(name) > 1)
        return found

    try:
        content = json.loads(text, object_pairs_hook=unique)
    except json.JSONDecodeError as error:
        found = f"un error en la línea {error.lineno} ({error.msg})"
        raise refusal(path, "un historial en JSON válido", found, AS_JSON) from error
    except (ValueError, RecursionError) as error:  # a number of thousands of digits, brackets without end
        raise refusal(path, "un historial en JSON válido", type(error).__name__, AS_JSON) from error
    if repeated:
        raise refusal(path, HISTORY, f"{listed(repeated)} dos veces", "deje solo una lista con cada nombre")
    return content


def _described(content: object) -> str:
    if isinstance(content, dict):
        names = f"un objeto con {listed(list(content))}, sin lista de ninguna métrica conocida"
        return names if content else "un objeto vacío"
    if isinstance(content, list):
        return f"una lista de {len(content)} elementos"
    return "un valor suelto"
