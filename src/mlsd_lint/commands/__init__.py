"""One module for each verb: `add_arguments` declares its flags, `run` returns the exit code.

The command line imports only the module of the verb that was given, so nothing slow is imported
at the top of one.
"""
