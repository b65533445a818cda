"""An assessment -> the printed preparation sheet, in every format with the same rows."""
