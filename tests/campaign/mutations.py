"""Changes to what is read: to a tree of JSON at a place of it, and to the bytes of any file."""

import json
from collections.abc import Callable, Iterator
from random import Random
from typing import Any

Path = tuple[str | int, ...]
VALUES: tuple[Any, ...] = (
    *(None, True, False, 0, 1, -1, 2, 10**9, 10**18, 10**40, -(10**40), 0.5, -0.5, 1e-300, 1e300, 1.0),
    *("", " ", "x", "0", "1", "null", "á́", "王", "\0", "\x1b[31m", "\ud800", "a\nb", "../..", "x" * 10_000),
    *([], [[]], [None], {}, {"a": 1}, {"": {}}, [0] * 5_000),
)


def leaves(content: Any, path: Path = ()) -> Iterator[Path]:
    """Every place in a tree, the inner ones too."""
    if path:
        yield path
    items: Any = ()
    if isinstance(content, dict):
        items = content.items()
    elif isinstance(content, list):
        items = enumerate(content)
    for name, item in items:
        yield from leaves(item, (*path, name))


def a_place(random: Random, content: Any) -> Path:
    """Of long lists no more often than of anything else: down from the root, one step at a time."""
    path: Path = ()
    while isinstance(content, dict | list) and content and (not path or random.random() < 0.85):
        step = random.choice(list(content) if isinstance(content, dict) else range(len(content)))
        path, content = (*path, step), content[step]
    return path


def at(content: Any, path: Path) -> Any:
    for step in path:
        content = content[step]
    return content


def change(random: Random, content: Any) -> str:
    """Change ``content`` at one place, and say where and how."""
    path = a_place(random, content)
    if not path:
        return "nada"
    holder, name = at(content, path[:-1]), path[-1]
    ways = [_replaced, _removed]
    value = holder[name]
    if isinstance(value, bool | int | float):
        ways += [_nudged] * 6
    if isinstance(value, list) and value:
        ways += [_reordered] * 3
    if isinstance(value, dict):
        ways += [_renamed]
    if isinstance(holder, list) and len(holder) > 1:
        ways += [_swapped, _doubled]
    how = random.choice(ways)(random, holder, name)
    return f"{'.'.join(map(str, path))} {how}"


def _replaced(random: Random, holder: Any, name: Any) -> str:
    holder[name] = random.choice(VALUES)
    return f"= {_told(holder[name])}"


def _removed(random: Random, holder: Any, name: Any) -> str:
    del holder[name]
    return "quitado"


def _nudged(random: Random, holder: Any, name: Any) -> str:
    value = holder[name]
    ways: tuple[Callable[[Any], Any], ...] = (
        lambda n: n + 1,
        lambda n: n - 1,
        lambda n: n * 2,
        lambda n: -n,
        lambda n: 1 - n,
        lambda n: n * (1 + 1e-3),
        float,
        str,
    )
    holder[name] = random.choice(ways)(value)
    return f"{_told(value)} → {_told(holder[name])}"


def _reordered(random: Random, holder: Any, name: Any) -> str:
    way = random.choice(("reverse", "shuffle", "pop", "append", "clear"))
    items = holder[name]
    if way == "reverse":
        items.reverse()
    elif way == "shuffle":
        random.shuffle(items)
    elif way == "append":
        items.append(items[-1])
    else:
        getattr(items, way)()
    return way


def _renamed(random: Random, holder: Any, name: Any) -> str:
    if isinstance(holder, dict):
        holder[f"{name}x"] = holder.pop(name)
    else:
        holder[name]["otro"] = 1
    return "con otro nombre"


def _swapped(random: Random, holder: Any, name: Any) -> str:
    other = random.randrange(len(holder))
    holder[name], holder[other] = holder[other], holder[name]
    return f"cambiado por el {other}"


def _doubled(random: Random, holder: Any, name: Any) -> str:
    holder.insert(name, holder[name])
    return "dos veces"


def _told(value: Any) -> str:
    text = repr(value)
    return text if len(text) <= 24 else f"{text[:20]}…"


# --- text and bytes --------------------------------------------------------------------------


def written(random: Random, content: Any) -> tuple[bytes, str]:
    """A tree as text that is the same or hardly so, and how."""
    text = json.dumps(content)
    ways: tuple[tuple[str, Callable[[], bytes]], ...] = (
        ("con espacios", lambda: json.dumps(content, indent=3).encode()),
        ("en otro orden", lambda: json.dumps(content, sort_keys=True).encode()),
        ("con marca de orden", lambda: b"\xef\xbb\xbf" + text.encode()),
        ("en UTF-16", lambda: text.encode("utf-16")),
        ("con un NUL", lambda: text.encode() + b"\0"),
        ("cortado", lambda: text.encode()[: random.randrange(len(text))]),
        ("con cola", lambda: text.encode() + b" x"),
        ("dos veces", lambda: (text + text).encode()),
        ("muy hondo", lambda: b"[" * 100_000 + text.encode() + b"]" * 100_000),
        ("con 1e400", lambda: text.replace("0.", "1e400, 0.", 1).encode()),
        ("con NaN", lambda: _with_number(random, text, "NaN")),
        ("con un número sin fin", lambda: _with_number(random, text, "9" * 6_000)),
        ("con la clave repetida", lambda: text.replace("{", '{"seed": 7, ', 1).encode()),
        ("con bytes sueltos", lambda: damaged(random, text.encode())),
        ("vacío", lambda: b""),
        ("sin nada", lambda: b"null"),
    )
    how, make = random.choice(ways)
    return make(), how


def _with_number(random: Random, text: str, number: str) -> bytes:
    """Before one that stands after a key; before all, if there is none."""
    places = [place for place, letter in enumerate(text) if letter == ":" and text[place + 2].isdigit()]
    place = random.choice(places or [-1])
    return f"{text[: place + 1]} {number}, {text[place + 1 :]}".encode()


def damaged(random: Random, data: bytes) -> bytes:
    """Some bytes turned, lost, doubled or put elsewhere."""
    found = bytearray(data)
    for _ in range(random.choice((1, 1, 2, 8, 64))):
        if not found:
            break
        place = random.randrange(len(found))
        match random.randrange(5):
            case 0:
                found[place] = random.randrange(256)
            case 1:
                del found[place : place + random.choice((1, 4, 1_000))]
            case 2:
                found[place:place] = random.randbytes(random.choice((1, 4, 64)))
            case 3:
                found[place] ^= 1 << random.randrange(8)
            case 4:
                found[place:place] = found[place : place + random.choice((1, 16, 1_000))]
    return bytes(found)
