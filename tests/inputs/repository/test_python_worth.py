"""Which Python files are parsed: those with a known import, a telling word, or a telling name that gets a value."""

from __future__ import annotations

import pytest

from poc_gate.inputs.repository.code.python.values.python_worth import is_worth_parsing


@pytest.mark.parametrize(
    "text",
    [
        "import openai\n",
        "x = 1\n    from openai import OpenAI\n",
        "from openai.types import Chat\n",
        "import\tboto3",
        "engine = create_engine(url)\n",
        "os.environ['A']\n",
        "class Kind(str, Enum):\n    A = 'a'\n",
        "class Kind( StrEnum ):\n",
        "CHUNK_SIZE = 512\n",
        "DEFAULT_MODEL: str\n",
        "topK =4\n",
        "run(request_timeout = 3)\n",
        "def run(\n    model: str,\n",
        "if (model := 'gpt-4o'):\n",
    ],
)
def test_it_is_parsed(text: str) -> None:
    assert is_worth_parsing(text)


@pytest.mark.parametrize(
    "text",
    [
        "",
        "x = 1\n",
        "# openai is not imported here\n",
        "import openaix\n",
        "x = 'from openai'\n",
        "print('import openai')\n",
        "from enum import Enum\nEnum\n",
        "model\nprint(model)\n",
        "retries(3)\n",
        "for price in prices:\n    print(price)\n",
        "if not model:  # none\n",
        "if model == 'gpt-4o':\r\n",
        "while retries:\r\n",
        "import İtorch\n",
    ],
)
def test_it_is_left(text: str) -> None:
    assert not is_worth_parsing(text)
