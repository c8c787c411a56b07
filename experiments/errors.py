"""What ends a command, and why the system refuses something."""

import errno


class TrainError(Exception):
    """Training could not be done; the message is one Spanish sentence for the user."""


class SettingsError(Exception):
    """Settings that cannot be used; the message is one Spanish sentence for the user."""


class BroughtError(Exception):
    """What an author brings of their own training cannot be used; the message is one Spanish sentence."""


_PATH, _PERMISSION, _SPACE, _OTHERS = (
    *("revise la ruta", "revise los permisos", "libere espacio", "cierre otros programas"),
)
# What was found, to go on from «se encontró», and what helps.
_REFUSALS = {
    errno.ENOENT: ("que no existe", _PATH),
    errno.EISDIR: ("una carpeta", _PATH),
    errno.ENOTDIR: ("que no es una carpeta", _PATH),
    errno.EEXIST: ("que ya existe", _PATH),
    errno.ENOTEMPTY: ("una carpeta con algo dentro", _PATH),
    errno.ENAMETOOLONG: ("un nombre demasiado largo", _PATH),
    errno.ELOOP: ("un enlace que vuelve a sí mismo", _PATH),
    errno.ENXIO: ("algo que no es un fichero", _PATH),
    errno.EACCES: ("que falta el permiso", _PERMISSION),
    errno.EPERM: ("que falta el permiso", _PERMISSION),
    errno.EROFS: ("un disco en el que no se puede escribir", _PERMISSION),
    errno.ENOSPC: ("que no queda sitio", _SPACE),
    errno.EDQUOT: ("que se ha agotado la cuota de disco", _SPACE),
    errno.EFBIG: ("un fichero demasiado grande", _SPACE),
    errno.EIO: ("un disco que falla", "revise el disco"),
    errno.EMFILE: ("demasiados ficheros abiertos", _OTHERS),
    errno.ENFILE: ("demasiados ficheros abiertos", _OTHERS),
    errno.ENOMEM: ("que no queda memoria", _OTHERS),
    errno.EAGAIN: ("que no caben más procesos", _OTHERS),
}


def reason(error: OSError) -> str:
    """What the system found, in Spanish, to go on from «se encontró»."""
    known = _REFUSALS.get(error.errno or 0)
    return known[0] if known else f"«{error.strerror or error}»"


def remedy(error: OSError) -> str:
    """What helps, in Spanish; empty if nobody knows."""
    known = _REFUSALS.get(error.errno or 0)
    return known[1] if known else ""
