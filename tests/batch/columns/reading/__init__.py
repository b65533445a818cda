"""Chunks read by columns, held against the reader of single profiles."""
