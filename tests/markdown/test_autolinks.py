import pytest

from marked import assert_spans, parsed
from mlsd_lint.document import Link


@pytest.mark.parametrize(
    "text",
    [
        "⟦http://h/Foo_(q)⟧.\n",
        "(⟦http://h/x⟧)\n",
        "**⟦http://h/b⟧**\n",
        "⟦http://h/a_b_c*d⟧*\n",
        "⟦https://h/?a=1&amp;b⟧&copy;\n",
        "⟦HTTP://h/⟧, ⟦ftp://h⟧; xhttp://h file://h\n",
        "see ⟦http://localhost:80/⟧\n",
        "http://\n\nhttp:// x\n\n://h\n",
        "⟦http://a.b_c.d.e⟧ http://a.b_c.d http://a_b\n",
        "⟦www.a.b⟧ (⟦www.a.b⟧) xwww.a.b /www.a.b\n",
        "www.\n\nwww.a_b\n",
        "⟦http://a⟧<b>\n",
        "⟦http://münchen.de/ä⟧ ⟦http://例え.jp⟧\n",
        "'⟦http://a.b⟧' \"⟦http://a.b⟧\"\n",
        "[⟦http://a.b⟧] [x ⟦www.a.b/c⟧] [⟦http://a.b/(c)⟧\n",
        "a ⟦http://a.b⟧] ⟦http://a.b/[c]⟧]\n",
        "⟦[http://a.b](u)⟧\n",
        "⟦[see www.a.b or c@d.e](u)⟧\n",
        "`http://a.b` <x href='http://a.b'>\n",
        "⟦a.b+c_d@e-f.g⟧ a@b a@b.c_ a@b- /a@b.c\n",
        "⟦mailto:a@b.c⟧ ⟦xmpp:a@b.c/d⟧ xmailto:⟦a@b.c⟧\n",
        "_⟦a@b.c⟧_ ⟦a_b@c.d⟧\n",
        "# ⟦www.a.b⟧ #\n",
        "| ⟦http://a.b⟧ |\n|-|\n| x ⟦www.a.b⟧|\n",
        "> ⟦http://a.b⟧\n> ⟦www.c.d⟧\n",
    ],
)
def test_link_span(text):
    assert_spans(text, lambda document: [link.span for link in document.of(Link)])


def test_an_address_in_plain_brackets_ends_before_the_bracket():
    (link,) = parsed("[http://a.b/c](not closed\n").of(Link)
    assert link.destination == "http://a.b/c"


def test_an_address_in_the_text_of_an_image_stays_text():
    (link,) = parsed("http://a.b ![http://c.d](e)\n").of(Link)
    assert link.destination == "http://a.b"


def test_destinations():
    links = parsed("www.a.b/?c&amp;d a@b.c xmpp:a@b.c\n").of(Link)
    assert [link.destination for link in links] == [
        "http://www.a.b/?c&amp;d",
        "mailto:a@b.c",
        "xmpp:a@b.c",
    ]
