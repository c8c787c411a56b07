"""Text as the vocabulary has it: lower case, without accents."""

_ACCENTS = str.maketrans(
    "áéíóúüñàèìòùâêîôûäëïöçÁÉÍÓÚÜÑÀÈÌÒÙÂÊÎÔÛÄËÏÖÇ\u00a0\u202f\u2009\u2007\t",
    "aeiouunaeiouaeiouaeiocAEIOUUNAEIOUAEIOUAEIOC     ",
)


def normalize(text: str) -> str:
    """Lower case without accents, every character where it was."""
    plain = text.translate(_ACCENTS).lower()
    return (
        plain if len(plain) == len(text) else "".join(c.lower()[:1] or " " for c in text.translate(_ACCENTS))
    )
