"""What a fragment asks of a page, and what is said of a link that has one.

Fragments are compared as browsers do (HTML standard, 7.4.6.4): as written, then percent-decoded,
letter case kept.
"""

from __future__ import annotations

import re
import unicodedata
from typing import TYPE_CHECKING, NamedTuple
from urllib.parse import unquote

from mlsd_lint import urls
from mlsd_lint.links.judging import file_kinds
from mlsd_lint.links.verdicts import Judgement, Verdict
from mlsd_lint.nearest import nearest

if TYPE_CHECKING:
    from collections.abc import Collection, Mapping

    from mlsd_lint.links.judging.html_pages import Page
    from mlsd_lint.links.verdicts import Answer

_DIRECTIVE = ":~:"
_USER_CONTENT = "user-content-"
_ROUTE = re.compile(r"!?/|!|\?|/?\w+=[^/]*&")
_MEDIA_PARAMETER = re.compile(r"(?:t|xywh|track|id|page|view|zoom|nameddest|toolbar|search)=")
_MEDIA_KINDS = frozenset({"pdf", "sound", "film", "image", "print"})
# On hosts of code, lines and comments are made anchors by a program as a reader asks for them.
_LINES = re.compile(
    r"L\d+(?:C\d+)?(?:-L?\d+(?:C\d+)?)?|lines-\d+(?:[:,-]\d+)*|l\d+|n\d+|line-?\d+|"
    r"(?:file-.+-)?L\d+(?:-L?\d+)?"
)
_CODE_HOST_ANCHORS = re.compile(
    r"(?:issue|issuecomment|discussion_r|discussioncomment|pullrequestreview|commitcomment|"
    r"note_|diff-|ref-|event-|file-|r\d+$|commits-pushed-|gistcomment|partial-|start-of-)"
)
_CODE_HOSTS = frozenset(
    {
        *("github.com", "gist.github.com", "gitlab.com", "bitbucket.org", "codeberg.org"),
        *("gitea.com", "sr.ht", "git.sr.ht", "sourcegraph.com", "cs.opensource.google"),
        *("source.chromium.org", "huggingface.co", "dev.azure.com", "invent.kde.org"),
    }
)
_CODE_LABELS = frozenset({"github", "gitlab", "gitea", "forgejo", "git", "cgit", "gitweb"})
# Hosts whose pages are programs, whatever the page that is sent says.
_PROGRAM_HOSTS = re.compile(
    r"(?:docs|drive|sheets|slides|colab\.research|groups)\.google\.com|(?:.+\.)?notion\.(?:so|site)"
    r"|(?:.+\.)?figma\.com|(?:.+\.)?observablehq\.com|app\..+|matrix\.to|element\.io|mega\.nz"
    r"|(?:.+\.)?airtable\.com|trello\.com|miro\.com|web\.telegram\.org|play\.golang\.org"
)
_LONGEST_SHOWN = 80
_LONGEST_SOUGHT = 100
_MOST_SOUGHT = 5_000
_LONGEST_TEXT = 20_000


class TextDirective(NamedTuple):
    """One `text=` of a fragment (WICG, Text Fragments, 3.2), each part percent-decoded."""

    prefix: str
    start: str
    end: str
    suffix: str


def needs_page(url: str, fragment: str) -> bool:
    """Whether the page at `url` has to be read to know about `fragment`, as written.

    Not for what is no anchor (`#top`, `#/route`), nor for what no page that is sent can tell.
    """
    if _DIRECTIVE in fragment:
        return True
    return not (_is_everywhere(url, fragment) or _made_by_program(url, fragment))


def found_texts(page: Page, wanted: Collection[str]) -> Mapping[str, bool]:
    """Which of the wanted fragments' text directives are found on the page, by `directive_of`.

    White space, letter case and accents do not matter; of several directives one is enough, for
    there the reader is taken to.
    """
    directives = {directive_of(fragment) for fragment in wanted}
    directives.discard("")
    if not directives:
        return {}
    text = _folded(page.text)
    return {
        directive: any(_is_found(one, text) for one in text_directives(directive))
        for directive in sorted(directives)
    }


def directive_of(fragment: str) -> str:
    """The part of a fragment that names texts, as written: `:~:text=…`; "" for none."""
    _, mark, directive = fragment.partition(_DIRECTIVE)
    return mark + directive if text_directives(mark + directive) else ""


def text_directives(fragment: str) -> tuple[TextDirective, ...]:
    """The texts that a fragment names, those that are not well formed left out."""
    found = []
    for part in fragment.partition(_DIRECTIVE)[2].split("&"):
        key, _, value = part.partition("=")
        if key == "text":
            directive = _text_directive(value.split(","))
            if directive is not None:
                found.append(directive)
    return tuple(found)


def judgement(url: str, fragment: str, answer: Answer) -> Judgement:
    """What is said of a link to `url` (as shown, without user and password) with `fragment`.

    A fragment matters only where the page answers, and where no redirect brought another one, which
    browsers take in its place (RFC 9110, 10.2.2): the verdict is the page's own otherwise.
    """
    own = Judgement(url, answer.verdict, answer.reason, answer)
    if answer.verdict not in {Verdict.OK, Verdict.MOVED} or "#" in answer.final:
        return own
    anchor, _, _ = fragment.partition(_DIRECTIVE)
    place = answer.final or url
    if anchor and not _is_everywhere(place, anchor):
        judged = _of_anchor(own, place, anchor)
        if judged is not own:
            return judged
    directive = directive_of(fragment)
    return _of_text(own, directive) if directive else own


def _of_anchor(own: Judgement, place: str, anchor: str) -> Judgement:
    answer = own.answer
    if _is_there(anchor, answer.anchors or ()):
        return own
    shown = "#" + _shown(_decoded(anchor))
    if _made_by_program(place, anchor):
        return _unverified(own, f"a program in the page makes {shown}, so it was not looked for")
    unread = _unread(answer, shown)
    if unread:
        return _unverified(own, unread)
    reason = f"the page has no anchor {shown}"
    near = _near(_decoded(anchor), answer.anchors or ())
    if near:
        reason += f"; did you mean #{_shown(near)}?"
    return own._replace(verdict=Verdict.SUSPECT, reason=reason, fragment_missing=True)


def _near(anchor: str, names: Collection[str]) -> str:
    """The anchor that was most likely meant; "" if none is near, or the search would take long."""
    if len(anchor) > _LONGEST_SOUGHT or len(names) > _MOST_SOUGHT:
        return ""
    known = (name.removeprefix(_USER_CONTENT) for name in names if len(name) <= _LONGEST_SOUGHT)
    return nearest(anchor, known) or ""


def _unread(answer: Answer, shown: str) -> str:
    """Why it proves nothing that an anchor was not found; "" if it does."""
    if answer.anchors is None:
        return f"the page was not read as HTML, so {shown} was not looked for"
    if answer.cut and not answer.anchors:  # a file, or a page that began without any
        return f"no anchors could be read there, so {shown} was not looked for"
    if answer.cut:
        return f"the page was not read to its end, so {shown} may be there"
    return f"a program makes the page, so {shown} may be there" if answer.scripted else ""


def _of_text(own: Judgement, directive: str) -> Judgement:
    answer = own.answer
    found = answer.texts.get(directive)
    if found:
        return own
    shown = f'"{_shown(text_directives(directive)[0].start)}"'
    if found is None:
        return _unverified(own, f"the page was not read as HTML, so {shown} was not looked for")
    if answer.cut:
        return _unverified(own, f"the page was not read to its end, so {shown} may be there")
    if answer.scripted:
        return _unverified(own, f"a program makes the page, so {shown} may be there")
    reason = f"the page does not have the text {shown}"
    return own._replace(verdict=Verdict.SUSPECT, reason=reason, fragment_missing=True)


def _unverified(own: Judgement, reason: str) -> Judgement:
    return own._replace(verdict=Verdict.UNVERIFIED, reason=reason)


def _is_everywhere(url: str, anchor: str) -> bool:
    """Whether a fragment asks for no anchor: the top, a page of a program, a place in a file."""
    if not anchor or anchor.lower() == "top" or _ROUTE.match(anchor):
        return True
    return file_kinds.kind(url) in _MEDIA_KINDS and _MEDIA_PARAMETER.match(anchor) is not None


def _made_by_program(url: str, anchor: str) -> bool:
    host = urls.host(url).removeprefix("www.")
    if _PROGRAM_HOSTS.fullmatch(host):
        return True
    if host not in _CODE_HOSTS and not _CODE_LABELS & set(host.split(".")):
        return False
    return _LINES.fullmatch(anchor) is not None or _CODE_HOST_ANCHORS.match(anchor) is not None


def _is_there(anchor: str, names: Collection[str]) -> bool:
    for one in (anchor, _decoded(anchor)):
        if one in names or _USER_CONTENT + one in names or one.lower() == "top":
            return True
        if one.startswith(_USER_CONTENT) and one.removeprefix(_USER_CONTENT) in names:
            return True
    return False


def _decoded(anchor: str) -> str:
    return unquote(anchor, errors="replace")


def _text_directive(parts: list[str]) -> TextDirective | None:
    prefix = suffix = ""
    if len(parts) > 1 and parts[0].endswith("-"):
        prefix = parts.pop(0)[:-1]
    if len(parts) > 1 and parts[-1].startswith("-"):
        suffix = parts.pop()[1:]
    if len(parts) not in {1, 2} or not parts[0]:
        return None
    end = parts[1] if len(parts) == 2 else ""
    return TextDirective(unquote(prefix), unquote(parts[0]), unquote(end), unquote(suffix))


def _is_found(directive: TextDirective, text: str) -> bool:
    prefix, start, end, suffix = (_folded(part[:_LONGEST_TEXT]) for part in directive)
    if not end:
        return prefix + start + suffix in text
    place = text.find(prefix + start)
    if place < 0:
        return False
    return text.find(end + suffix, place + len(prefix) + len(start)) >= 0


def _folded(text: str) -> str:
    """Letters without case, accents and white space: what two equal texts share."""
    joined = "".join(text.split()).casefold()
    if joined.isascii():
        return joined
    decomposed = unicodedata.normalize("NFKD", joined)
    return "".join(one for one in decomposed if not unicodedata.combining(one) and one != "\xad")


def _shown(text: str) -> str:
    text = "".join(one if one.isprintable() else "�" for one in text)
    return text if len(text) <= _LONGEST_SHOWN else text[: _LONGEST_SHOWN - 1] + "…"
