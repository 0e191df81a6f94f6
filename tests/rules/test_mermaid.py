import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from conftest import ROOT
from mlsd_lint.document import CodeBlock
from mlsd_lint.markdown import parse
from mlsd_lint.registry import all_rules
from mlsd_lint.rules.mermaid_flowchart import read_flowchart
from mlsd_lint.rules.mermaid_text import diagrams
from mlsd_lint.source import Source

RULES = [rule for code, rule in all_rules().items() if "M010" <= code <= "M014"]


def findings(text, code="M01"):
    document = parse(Source("page.md", text))
    return [
        (rule.code, finding)
        for rule in RULES
        if rule.code.startswith(code)
        for finding in rule.check(document)
    ]


def found(diagram, code="M01"):
    """What is found in a diagram, as `CODE text pointed at`."""
    text = f"`````mermaid\n{diagram}\n`````\n"
    return [f"{rule} {text[one.span.start : one.span.end]}" for rule, one in findings(text, code)]


# What Mermaid 11.17 says of each of these was asked of Mermaid itself.
@pytest.mark.parametrize(
    "body",
    [
        'a["x" ]',
        "a(-text-)",
        "a[x\ny] --> b",
        'a -->|"x (y)"| b',
        "a --text (y)--> b",
        "a --> End",
        "a --> endpoint",
        "a --> my-end",
        "a --> default",
        "a --> click-x",
        'subgraph "Foo (bar)"\na\nend',
        'subgraph x["Foo"]\na\nend',
        "subgraph a b c\na1\nend",
        "subgraph end\na\nend",
        "a[x;y]; b[y]",
        'a[<b class="x">y</b>]',
        'a["<b class="x">y</b>"]',
        'a["it\'s #quot;x#quot;"]',
        'a("x)")',
        'a{"x"?}',
        "a ---|x| b & c",
        'a[/x/] --> b["`**y**`"]',
        'a --> I"psum',
    ],
)
def test_what_mermaid_draws(body):
    assert found("flowchart LR\n" + body) == []


@pytest.mark.parametrize(
    ("body", "pointed_at"),
    [
        ("a[f(x)]", ["M011 ("]),
        ("a[x|y]", ["M011 |"]),
        ('a[say "hi"]', ['M011 "']),
        ("a[/api/users]", ["M011 ]"]),
        ("a -->|x (y)| b", ["M011 ("]),
        ("a [x]", ["M011 ["]),
        ("a --> b]", ["M011 ]"]),
        ("a --> b |y|", ["M011 |"]),
        ("a((x)", ["M011 )"]),
        ("a{{x}", ["M011 }"]),
        ("a(x])", ["M011 ]"]),
        ("a[x\n", ["M011 ["]),
        ('a["x]\nb["y"]', ['M011 "']),
        ('a --> b["x"', ["M011 ["]),
        ("subgraph Foo (bar)\na\nend", ["M011 ("]),
        ("subgraph x[Foo (bar)]\na\nend", ["M011 ("]),
        ("end", ["M011 end"]),
        ("a --> end-state", ["M014 end"]),
        ("a --> class[x]", ["M014 class"]),
        ("a --> linkStyle", ["M014 linkStyle"]),
        ("a --> _self", ["M014 _self"]),
        ("a-->b\nlinkStyle 3 stroke:#fff", ["M013 3"]),
    ],
)
def test_what_mermaid_refuses(body, pointed_at):
    assert found("flowchart LR\n" + body) == pointed_at


@pytest.mark.parametrize(
    ("body", "pointed_at"),
    [
        ("Loop x\nA->>B: c\nEND", []),
        ("loop: x\nA->>B: c\nend", []),
        ("par_over x\nA->>B: c\nend; A->>B: x", []),
        ("end->>B: nothing is said of a participant\nloop x", []),
        ("loop x\nA->>B: c", ["M011 loop"]),
        ("A->>B: c\nend", ["M011 end"]),
        ("alt x\nA->>B: c\nand\nA->>B: c\nend", ["M011 and"]),
        ("loop x\nelse y\nA->>B: c\nend", ["M011 else"]),
    ],
)
def test_sequence_blocks(body, pointed_at):
    assert found("sequenceDiagram\n" + body) == pointed_at


def test_the_nearest_type_is_named():
    [(_, finding)] = findings("```mermaid\nsequencediagram\nA->>B: c\n```\n")
    assert finding.help == "Write `sequenceDiagram`."


@pytest.mark.parametrize(
    "text",
    [
        "> - ```mermaid\n>   flowchart LR\n>   a[x --> b\n>   ```\n",
        "- > ```mermaid\n  > flowchart LR\n  > a[x --> b\n  > ```\n",
        "1.  ~~~ mermaid title\r\n    flowchart LR\r\n    a[x --> b\r\n    ~~~\r\n",
        "\ufeff> ```mermaid\n>flowchart LR\n>\n>     a[x --> b\n> ```\n",
    ],
)
def test_places_in_lists_and_quotes(text):
    [(code, finding)] = findings(text)
    assert (code, finding.span.start) == ("M011", text.index("["))


def test_the_answers_have_diagrams_that_are_read_whole():
    seen = 0
    for path in sorted((ROOT / "answers").glob("*.md")):
        for diagram in diagrams(parse(Source(path.name, path.read_text("utf-8")))):
            seen += 1
            if diagram.is_flowchart:
                flowchart = read_flowchart(diagram.text, diagram.first_statement)
                assert flowchart.complete, path.name
    assert seen >= 27


PIECES = [
    *'[](){}|"`;:&@>%x\n\r# -=.~/\\é',
    "\n",
    "a",
    "ab[x] --> c",
    "-->",
    "end\n",
    "subgraph ",
    "style a ",
    "class a,b c",
    "click a ",
    "linkStyle 1,2 ",
    "loop ",
    "else",
    "accDescr {",
    "%%{",
    "---\n",
    "@{",
    "label:",
    '["`',
]
HEADS = ["flowchart LR\n", "graph ", "sequenceDiagram\n", "", "%% c\nflowchart TD;"]


@given(
    st.sampled_from(HEADS),
    st.lists(st.one_of(st.sampled_from(PIECES), st.text(max_size=3)), max_size=30),
    st.sampled_from(["", "> ", "- ", "> - > "]),
)
@example("flowchart LR\n", ["a", "[x"], "> ")
def test_every_span_lies_in_its_fence(head, pieces, first):
    rest = first.replace("-", " ")
    lines = ["````````mermaid", *(head + "".join(pieces)).split("\n"), "````````"]
    text = first + ("\n" + rest).join(lines) + "\n"
    document = parse(Source("page.md", text))
    fences = document.of(CodeBlock)
    for rule in RULES:
        for finding in rule.check(document):
            span = finding.span
            assert span.start < span.end
            assert any(one.span.start <= span.start and span.end <= one.span.end for one in fences)


@given(st.text())
def test_no_text_is_too_strange(text):
    findings("```mermaid\n" + text)
    findings("```mermaid\nflowchart LR\n" + text + "\n```")
