"""Why the system refuses something, in Spanish."""

import errno
import re

CAUSES = {
    errno.ENOSPC: "que no queda sitio en el disco",
    errno.EDQUOT: "que no queda sitio en la cuota de disco",
    errno.EFBIG: "que el fichero pasa del tamaño permitido",
    errno.EACCES: "que no hay permiso",
    errno.EPERM: "que no hay permiso",
    errno.EROFS: "un disco de solo lectura",
    errno.EIO: "un fallo del disco",
    errno.ENOENT: "que no existe",
    errno.ENOTDIR: "un fichero donde debía haber una carpeta",
    errno.EISDIR: "una carpeta donde debía haber un fichero",
    errno.EEXIST: "que ya existe",
    errno.ENOTEMPTY: "una carpeta que no está vacía",
    errno.EMFILE: "que hay demasiados ficheros abiertos",
    errno.ENFILE: "que hay demasiados ficheros abiertos",
    errno.ENAMETOOLONG: "un nombre demasiado largo",
    errno.ENOMEM: "que no queda memoria",
    errno.EAGAIN: "que no se pueden crear más procesos",
}
# What HDF5 says of it in the middle of many lines, whatever the exception is that h5py makes of them.
_IN_TEXT = re.compile(r"\berrno = (\d+)")


def cause(error: OSError) -> str:
    """What was found, after «se encontró»."""
    number = number_of(error)
    return CAUSES.get(number or 0) or f"«{error.strerror or error}»"


def number_of(error: Exception) -> int | None:
    """The system's number for ``error``; None if it does not come from there."""
    if isinstance(error, OSError) and error.errno is not None:
        return error.errno
    found = _IN_TEXT.search(str(error))
    return int(found[1]) if found else None
