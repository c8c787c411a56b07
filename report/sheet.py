"""The sheet of paper: its size, its margins and what they leave for text and for what stands beside it.

The style sheet says the same numbers once more, because a reader of CSS looks for them there; a test
compares the two.
"""

PAGE_WIDTH_MM, PAGE_HEIGHT_MM = 210.0, 297.0  # A4
MARGIN_TOP_MM, MARGIN_BOTTOM_MM, MARGIN_LEFT_MM = 24.0, 24.0, 23.0

# The running text, and to its right a narrow column for notes; what is wide takes both.
TEXT_WIDTH_MM, GAP_MM, NOTE_WIDTH_MM = 118.0, 6.0, 42.0
FULL_WIDTH_MM = TEXT_WIDTH_MM + GAP_MM + NOTE_WIDTH_MM
MARGIN_RIGHT_MM = PAGE_WIDTH_MM - MARGIN_LEFT_MM - FULL_WIDTH_MM

MM_PER_INCH = 25.4
POINTS_PER_MM = 72 / MM_PER_INCH

# Left, bottom, right and top of text and notes, in points from the bottom left of the page.
TEXT_BOX = tuple(
    round(mm * POINTS_PER_MM, 3)
    for mm in (
        MARGIN_LEFT_MM,
        MARGIN_BOTTOM_MM,
        PAGE_WIDTH_MM - MARGIN_RIGHT_MM,
        PAGE_HEIGHT_MM - MARGIN_TOP_MM,
    )
)
