"""Which characters the document's own fonts can print."""

from fontTools.ttLib import TTFont

from report import fonts


def test_spanish_greek_and_signs_can_be_printed_and_pictures_cannot():
    known = fonts.characters()
    assert {ord(char) for char in "áéíóúüñÁÑ¿¡«»—±×≤αβσ₁²→"} <= known
    assert not {ord(char) for char in "🙂中"} & known


def test_what_is_common_needs_no_look_since_every_face_has_it():
    common = {code for code in range(0x10000) if fonts.COMMON.fullmatch(chr(code))}
    assert len(common) > 190
    for face in fonts.faces():
        with TTFont(face.path, lazy=True) as font:
            assert common <= font.getBestCmap().keys()
