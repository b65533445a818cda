"""What is legal in a rule pack and most likely wrong: a checked pack -> warnings, with places.

One module holds one idea; each is pure over the pack and the documents it came from.
"""
