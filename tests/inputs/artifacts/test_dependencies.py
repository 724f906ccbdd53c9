"""What a requirements file takes in, its own parts, and addresses: none of them may pass for a pinned version."""

from __future__ import annotations

import pytest
from stated_facts import messages, read_text, value

COMMIT = "a" * 40


@pytest.mark.parametrize("option", ["-r base.txt", "--requirement base.txt", "--requirement=base.txt"])
def test_a_file_that_takes_in_another_says_nothing_of_the_whole(option: str) -> None:
    result = read_text(f"{option}\nfoo==1.0\n", "requirements.txt")
    assert value(result, "security.dependencies_pinned") is None
    assert "takes in base.txt" in messages(result, "warning")[0]
    loose = read_text(f"{option}\nfoo>=1.0\n", "requirements.txt")
    assert value(loose, "security.dependencies_pinned") is False


@pytest.mark.parametrize(
    ("line", "pinned"),
    [
        ("-e git+https://host.example/a/b.git#egg=b", False),
        ("git+https://host.example/a/b@main", False),
        (f"git+https://host.example/a/b@{COMMIT}", True),
        (f"-e git+https://host.example/a/b@{COMMIT}#egg=b", True),
        ("https://host.example/foo-1.0-py3-none-any.whl", False),
        (f"foo @ https://host.example/foo-1.0.whl#sha256={'b' * 64}", True),
        ("foo==1.*", False),
        ("foo===1.0", True),
        ("foo[extra]==1.0 ; python_version < '3.12'", True),
        ("./parts/own-package", True),
        ("-e .[dev]", True),
        ("--index-url https://host.example/simple", True),
    ],
)
def test_one_line_beside_a_pinned_one(line: str, pinned: bool) -> None:
    result = read_text(f"{line}\nbar==2.0\n", "requirements.txt")
    assert value(result, "security.dependencies_pinned") is pinned


@pytest.mark.parametrize(
    "own",
    [
        'directory = { path = ".", editable = true }',
        'source = { editable = "." }',
        'source = { virtual = "." }',
        'source = { type = "directory", url = "part" }',
    ],
)
def test_the_project_itself_is_no_dependency(own: str) -> None:
    """`uv export` and `pip lock` list the project among its packages, without a version."""
    lock = f'lock-version = "1.0"\n[[packages]]\nname = "self"\n{own}\n[[packages]]\nname = "foo"\nversion = "1.0"\n'
    assert value(read_text(lock, "pylock.toml"), "security.dependencies_pinned") is True
