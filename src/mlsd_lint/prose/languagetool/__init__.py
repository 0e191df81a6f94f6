"""LanguageTool, the engine that finds more and needs Java: a server, here or elsewhere.

    passages -> batching -> client -> the server's /v2/check -> reading -> Match of a code of ours
                               |                                   |
         remote: the address in the settings           profile: which rules count as what
         local:  serving.start -> supervisor -> the JVM

`installation` finds LanguageTool and Java, `installing` puts LanguageTool there. `serving` starts,
finds and stops a server of this machine: one for each version and set-up, for all projects of a
user. What is known of it is in a folder of its own (`server_folder`), where `locks` keep two
processes from starting it twice, and from stopping it while it is asked. `supervisor` is the
process that the JVM belongs to: it ends it when nobody has asked for long, and it cannot be
outlived by it.
"""

from mlsd_lint.prose.languagetool.engine import LanguageTool

__all__ = ["LanguageTool"]
