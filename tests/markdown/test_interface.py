import subprocess
import sys

import pytest

from marked import parsed
from mlsd_lint.markdown import RefusedError
from mlsd_lint.source import Position


def test_importing_parse_imports_no_parser():
    code = "import sys; from mlsd_lint.markdown import parse; print('mistune' in sys.modules)"
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout == "False\n"


def test_parse_stays_a_function_after_its_first_use():
    code = (
        "from mlsd_lint.source import Source\n"
        "import mlsd_lint.markdown as markdown\n"
        "for _ in range(2): print(len(markdown.parse(Source('a', '# a')).blocks))\n"
    )
    result = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=True
    )
    assert result.stdout == "1\n1\n"


def test_a_refusal_says_where():
    with pytest.raises(RefusedError, match="100 levels") as refused:
        parsed("# a\n\n" + ">" * 101)
    assert refused.value.offset == 105


def test_positions_count_code_points_behind_a_byte_order_mark():
    document = parsed("\ufeff# é\U0001f600 *x*\r\n\r\n> 日[a](b)\r")
    positions = {
        type(node).__name__: document.source.position(node.span.start) for node in document.walk()
    }
    assert positions["Heading"] == Position(1, 1)
    assert positions["Emphasis"] == Position(1, 6)
    assert positions["Link"] == Position(3, 4)
