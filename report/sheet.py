"""The sheet of paper: its size, its margins and what they leave for the text.

The style sheet says the same numbers once more, because a reader of CSS looks for them there; a test
compares the two.
"""

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210.0, 297.0  # A4
MARGIN_TOP_MM, MARGIN_SIDE_MM, MARGIN_BOTTOM_MM = 29.0, 34.0, 30.0
TEXT_WIDTH_MM = PAGE_WIDTH_MM - 2 * MARGIN_SIDE_MM

MM_PER_INCH = 25.4
POINTS_PER_MM = 72 / MM_PER_INCH

# Left, bottom, right and top of the text, in points from the bottom left of the page.
TEXT_BOX = tuple(
    round(mm * POINTS_PER_MM, 3)
    for mm in (
        MARGIN_SIDE_MM,
        MARGIN_BOTTOM_MM,
        PAGE_WIDTH_MM - MARGIN_SIDE_MM,
        PAGE_HEIGHT_MM - MARGIN_TOP_MM,
    )
)
