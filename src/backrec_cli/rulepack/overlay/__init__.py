"""A hospital's overlay: a folder of TOML -> the pack it changes, with every loosening listed."""
