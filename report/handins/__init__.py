"""Many documents at once, as a teacher has them: each is verified or audited by a process of its own, so
that one that hangs or breaks costs its own row and no more. From here the commands import ``find``,
``examine_all`` and ``written``, each from its own file.
"""
