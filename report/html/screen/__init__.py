"""The same document as one file for the screen. From here is imported ``self_contained``, from
``whole``; the other modules each know of one kind of thing in it.

Their markup stands in ``templates/es/screen_parts.html.j2``, the page in ``screen.html.j2``, its look in
``screen.css``; ``screen.js`` adds what HTML cannot do, and nothing that is needed to read.
"""
