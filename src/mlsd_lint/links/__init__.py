"""External links: which there are, what becomes of each, and how that is known.

    pages -> collecting -> questions -> storing, or asking -> fetching -> judging -> answers

A *question* is a web address without its fragment, with the fragments that links ask for. Its
*answer* holds a verdict with the evidence for it. Every question is asked once a run, however
many links lead to it.

`online` is the way in. `answering` looks into the store and lets a `session` ask the rest: there
each request waits for its turn (`scheduling` says whose it is, `turns` in real time, `hosts` and
`politeness` how often), is sent (`requesting`, `fetching`) and followed to an answer (`asking`,
`judging`). Nothing here is imported by a run that does not go online; of a run that finds every
answer in the store, only what imports fast is.
"""
