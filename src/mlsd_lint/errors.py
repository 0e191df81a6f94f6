"""What goes wrong before anything is checked."""


class UsageError(Exception):
    """The command cannot be carried out as asked; `str()` is for the user. Exit code 2.

    Its subclasses stand where they are raised: `config.ConfigurationError`,
    `selection.SelectionError`.
    """
