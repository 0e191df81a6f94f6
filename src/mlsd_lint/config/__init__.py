"""Configuration: what can be set, where it is found, how it is read and checked.

It stands in `[tool.mlsd-lint]` of a `pyproject.toml` or at the top level of `mlsd-lint.toml`,
which wins where both are in one directory. `files` finds and reads it, `settings` says what there
is to set, `validation` checks it and alone imports pydantic.
"""
