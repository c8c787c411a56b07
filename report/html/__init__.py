"""The Markdown of a document as HTML, the page around it on paper, and one file with it for the screen.
It knows nothing of results: from here are imported ``to_html``, ``page``, ``self_contained`` (of
``screen``) and ``with_origins``, each from its own file.
"""
