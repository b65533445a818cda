"""The columnar compiler held against the traced evaluator."""
