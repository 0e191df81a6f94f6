"""Prose: what a reader reads, and where it stands in the file.

    Document -> extraction.blocks -> Block -> an engine -> Range -> blocks.source_place -> Span

`blocks` says what a block of text is, and leads from a place in its text to the source and back;
`extraction` finds the blocks of a document; `not_words` takes out of them what is no language
(mathematics, placeholders, addresses, codes of emoji); `languages` tells which are English;
`annotation` writes a block for an engine that wants to know the markup too.

An engine gets `Block.text`, in which everything that is not prose is one U+FFFC, and answers in
code points of it; or it gets an `Annotation`, and answers in UTF-16 units of that. Either way a
finding is kept as a `Range` of the text, under the block's digest: so it stays good when the
paragraph moves, and `source_place` finds it where the paragraph is now.
"""
