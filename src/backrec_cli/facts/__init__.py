"""The fact dictionary: what a profile may say, in which types and units, and how long it holds."""
