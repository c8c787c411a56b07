"""The answers of a classifier on its test part, read from NPZ, CSV or Parquet.

``reader`` is what others import: it finds the columns by their names and checks them one by one.
"""
