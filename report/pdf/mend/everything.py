"""All mends at once."""

from functools import cache


@cache
def mend_all() -> None:
    """Mend WeasyPrint, Pyphen and pydyf for this process; imports them.

    Raises:
        RenderError: one of them is not the version that the mends are for.
    """
    from report.pdf.mend.versions import refuse_other_versions

    refuse_other_versions()
    # Only now: they import names that another version may not have.
    from report.pdf.mend.ends import mend_ends
    from report.pdf.mend.tags import mend_tags
    from report.pdf.mend.words import mend_words

    mend_ends()
    mend_tags()
    mend_words()
