"""Which characters the document's own fonts can print."""

from report import fonts


def test_spanish_greek_and_signs_can_be_printed_and_pictures_cannot():
    known = fonts.characters()
    assert {ord(char) for char in "áéíóúüñÁÑ¿¡«»—±×≤αβσ₁²→"} <= known
    assert not {ord(char) for char in "🙂中"} & known
