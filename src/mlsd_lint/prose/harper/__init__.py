"""Harper, the engine that is built in: it needs no network, no Java and no server.

`profile` says which of its rules are on and what they count as; `spelling` and `filters` drop what
is wrong in technical prose; `reading` checks one passage; `engine` checks many, on all cores.
"""
