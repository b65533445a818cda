"""A rule pack: TOML files read, checked and typed once, with their fact dictionary."""

from backrec_cli.rulepack.loader import load_pack
from backrec_cli.rulepack.opening import open_pack
from backrec_cli.rulepack.shipped import shipped_pack_folder

__all__ = ["load_pack", "open_pack", "shipped_pack_folder"]
