"""Figures: ``data`` says what they show, ``drawing`` draws them."""
