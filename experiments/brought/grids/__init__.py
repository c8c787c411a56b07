"""Grids of sampled images, read from pictures or arrays and cut into their images.

``reader`` is what others import; ``lattices`` says what a cut is, and ``outlines``, ``tilings`` and
``figure_layout`` are the three ways to find one.
"""
