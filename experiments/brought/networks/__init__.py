"""A network as its file describes it, built of what Keras itself has and of nothing else.

``reader`` is what others import, and needs TensorFlow; no code and no weights of the file are loaded.
"""
