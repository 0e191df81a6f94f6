"""From what servers answered to a verdict. Pure: no clock, no network.

`judge` is the way in; `fragments` judges a link by the answer for its page, and `confirming` what
fails by how often it has failed before.
"""
