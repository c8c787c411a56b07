"""Why the system refuses something."""

import errno

import pytest

from experiments.causes import cause, number_of

HDF5 = "Can't write data (file write failed: time = Fri Nov 27\n, errno = 28, error message = 'No space')"


@pytest.mark.parametrize(
    ("error", "found"),
    [
        (OSError(errno.ENOSPC, HDF5), "que no queda sitio en el disco"),
        (OSError(HDF5), "que no queda sitio en el disco"),
        (PermissionError(errno.EACCES, "Permission denied"), "que no hay permiso"),
        (OSError(errno.EXDEV, "Invalid cross-device link"), "«Invalid cross-device link»"),
        (OSError("no number"), "«no number»"),
    ],
)
def test_the_cause_is_said_in_spanish(error: OSError, found: str) -> None:
    assert cause(error) == found


def test_the_number_is_found_in_what_a_library_says() -> None:
    assert number_of(RuntimeError(HDF5)) == errno.ENOSPC
    assert number_of(ValueError("errno of none")) is None
