"""Words that a book should agree about: names, terms, the Englishes, acronyms that all know.

Only words of which it is sure are listed: a wrong form is never another word or another name.
"""
