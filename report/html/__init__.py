"""The Markdown of a document as HTML, the page around it, and that page as one file for the screen.
It knows nothing of results: from here are imported ``to_html``, ``page``, ``self_contained`` and
``with_origins``, each from its own file.
"""
