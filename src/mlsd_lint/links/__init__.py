"""External links: which there are, what becomes of each, and how that is known.

    pages -> collecting -> questions -> store, or scheduling -> fetching -> judging -> answers

A *question* is a web address without its fragment, with the fragments that links ask for. Its
*answer* holds a verdict with the evidence for it. Every question is asked once a run, however
many links lead to it. Nothing here is imported by a run that does not go online; of a run that
finds every answer in the store, only what imports fast is.
"""
