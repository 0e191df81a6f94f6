"""Where the block parser stands: the line it reads, and the blocks that are open there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mistune.core import BlockState

from mlsd_lint.markdown.building import Building, Container, OpenItem, OpenList, OpenParagraph
from mlsd_lint.markdown.definitions import take_definitions
from mlsd_lint.markdown.errors import MAX_BLOCK_NESTING, RefusedError
from mlsd_lint.markdown.lists import is_tight

if TYPE_CHECKING:
    from mlsd_lint.source import Source

_SPACES = re.compile(r" *")


class LineState(BlockState):
    """mistune's block state, holding a line of the file and the blocks that are open at it.

    `position` and `column` are where the rest of the line starts, behind indentation; `base` is
    the column at which the innermost matched container's content begins. Columns count from 0,
    with tab stops of four. `matched` is how many of `stack`'s containers the line continues.
    """

    def __init__(self, source: Source, ends: list[int]) -> None:
        super().__init__()
        self.process(source.text)
        self.starts = source.line_starts
        self.ends = ends
        self.root = Container(self.starts[0], self.starts[0], 0)
        self.stack: list[Container] = []
        self.leaf: Building | None = None
        self.line = 0
        self.line_end = 0
        self.position = 0
        self.column = 0
        self.base = 0
        self.matched = 0

    def skip_blanks(self, position: int, column: int) -> None:
        """Set `position` and `column` behind the spaces and tabs from here."""
        text, end = self.src, self.line_end
        while position < end:
            after = _SPACES.match(text, position, end).end()  # type: ignore[union-attr]
            column += after - position
            position = after
            if position < end and text[position] == "\t":
                column += 4 - column % 4
                position += 1
            else:
                break
        self.position = position
        self.column = column

    @property
    def container(self) -> Container:
        """The innermost container the line continues."""
        return self.stack[self.matched - 1] if self.matched else self.root

    @property
    def interrupts_paragraph(self) -> bool:
        """Whether a block starting here would end a paragraph this line could continue."""
        return type(self.leaf) is OpenParagraph and self.matched == len(self.stack)

    def close_leaf(self) -> None:
        """Finish the innermost block that holds text."""
        leaf = self.leaf
        self.leaf = None
        if type(leaf) is OpenParagraph:
            close_paragraph(self, leaf)

    def close_unmatched(self) -> None:
        """Finish the open text block and every container this line does not continue."""
        if self.leaf is not None:
            self.close_leaf()
        stack = self.stack
        while len(stack) > self.matched:
            closing = stack.pop()
            closing.close()
            if type(closing) is OpenList:
                closing.tight = is_tight(closing)

    def add(self, block: Building) -> None:
        """Put a new block into the innermost container the line continues."""
        if type(block) is not OpenItem and type(self.container) is OpenList:
            self.matched -= 1
        self.close_unmatched()
        self.container.children.append(block)

    def add_leaf(self, block: Building) -> None:
        """Put in a new block that later lines may continue."""
        self.add(block)
        self.leaf = block

    def push(self, container: Container) -> None:
        """Put in a new container and let the rest of the line be its content."""
        self.add(container)
        if len(self.stack) >= MAX_BLOCK_NESTING:
            raise RefusedError(
                f"quotes and lists are nested more than {MAX_BLOCK_NESTING} levels deep",
                container.start,
            )
        self.stack.append(container)
        self.matched = len(self.stack)


def close_paragraph(state: LineState, paragraph: OpenParagraph) -> bool:
    """Split a finished paragraph into definitions and text; whether any text is left."""
    siblings = (state.stack[-1] if state.stack else state.root).children
    if state.src[paragraph.start] == "[":
        siblings.pop()
        siblings += take_definitions(state.src, paragraph)
        if not paragraph.lines:
            return False
        siblings.append(paragraph)
    paragraph.end = paragraph.lines[-1]
    return True
