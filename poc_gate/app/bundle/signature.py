"""A bundle's bytes <-> a signature of them, made and checked by OpenSSH's own ssh-keygen.

A digest shows that a bundle is whole; a signature shows whose key made it. The key, the agent or the security token and
its passphrase stay with ssh-keygen. Signatures are of the namespace `poc-gate`: what the same key signed for another
purpose, such as a commit, is not taken for one.
"""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
from pathlib import Path

from msgspec import Struct

from poc_gate.app.ground.files.read_inputs import read_file
from poc_gate.errors import Fault, InvalidInputError, UsageError
from poc_gate.text.inert_text import inert

NAMESPACE = "poc-gate"
_LONGEST_SIGNING = 300.0
"""Seconds: somebody may have to type a passphrase or touch a security token."""
_LONGEST_CHECK = 60.0
_KEY_TYPES = ("ssh-", "ecdsa-", "sk-ssh-", "sk-ecdsa-")
_ALONE = "the-key-named"
"""Stands for the holder where a public key is named instead of a list of signers."""
_WITH = re.compile(r" with (\S+ key SHA256:\S+)")


class Signer(Struct, frozen=True):
    """Who signed, as the list of allowed signers calls them, and with which key."""

    principal: str
    """Empty where a public key was named instead of a list."""
    key: str
    """Kind and fingerprint."""


def check_signing(key: str) -> None:
    """Raise UsageError where signing cannot work, before minutes are spent on a probe."""
    _program()
    if not Path(key).is_file():
        raise UsageError(f"--sign {key}: there is no such file", next_step="give a key made by ssh-keygen")


def sign(content: bytes, key: str) -> bytes:
    """Return the armoured signature of `content`; raises UsageError with ssh-keygen's words when it makes none."""
    done = _run(
        ("sign", "-n", NAMESPACE, "-f", str(Path(key).absolute())),
        content,
        _LONGEST_SIGNING,
        dict(os.environ),
    )
    if done.returncode or b"-----BEGIN SSH SIGNATURE-----" not in done.stdout:
        step = "name a private key, or a public key whose private one the ssh-agent holds"
        raise UsageError(f"--sign {key}: ssh-keygen made no signature: {_words(done)}", next_step=step)
    return done.stdout


def check_signature(content: bytes, signature: Path, allowed: Path, who: str = "") -> Signer:
    """Return who signed these very bytes, of those that `allowed` lists; `who` narrows it to one of them.

    `allowed` is an allowed signers file as ssh-keygen(1) describes it, or one public key. Raises InvalidInputError when
    nobody listed signed them for poc-gate, and UsageError where that cannot be looked at.
    """
    proof = read_file(signature)
    listed, alone = _as_list(read_file(allowed))
    if alone and who:
        raise UsageError("--signer needs a file of allowed signers", next_step="give one with --key")
    with tempfile.TemporaryDirectory(prefix="poc-gate-") as folder:
        # What is checked is what was read: a file that is changed meanwhile is not looked at again.
        (Path(folder) / "signature").write_bytes(proof)
        (Path(folder) / "signers").write_bytes(listed)
        files = ("-s", str(Path(folder) / "signature"), "-f", str(Path(folder) / "signers"))
        shown = allowed.as_posix()
        why = f"this is not a signature by a key that {shown} allows"
        for name in [who] if who else _principals(files):
            words = ("verify", "-n", NAMESPACE, *files, "-I", name)
            done = _run(words, content, _LONGEST_CHECK, _closed())
            found = _WITH.search(done.stdout.decode(errors="replace"))
            if done.returncode == 0 and found:
                return Signer("" if alone else name, found[1])
            why = f"this is not a signature of this bundle for {NAMESPACE}: {_words(done)}"
            why = why.replace(str(Path(folder) / "signers"), shown)
    raise InvalidInputError((Fault(signature.as_posix(), 0, 0, why, _step(who)),))


def _step(who: str) -> str:
    named = f", and that {who} is spelt there as here" if who else ""
    return (
        f"ask whoever sent it for the signature of this very file; check that the list holds their key{named}"
    )


def _as_list(content: bytes) -> tuple[bytes, bool]:
    """Return a list of allowed signers, and whether it was one public key."""
    rows = [row.strip() for row in content.decode(errors="replace").splitlines()]
    rows = [row for row in rows if row and not row.startswith("#")]
    if len(rows) == 1 and rows[0].startswith(_KEY_TYPES):
        return f'{_ALONE} namespaces="{NAMESPACE}" {rows[0]}\n'.encode(), True
    return content, False


def _principals(files: tuple[str, ...]) -> list[str]:
    done = _run(("find-principals", *files), b"", _LONGEST_CHECK, _closed())
    found = [name for row in done.stdout.decode(errors="replace").splitlines() for name in row.split(",")]
    return [name.strip() for name in found if name.strip() and not name.strip().startswith("!")]


def _closed() -> dict[str, str]:
    """Return the environment of a check: it needs no agent, no home and no settings of anybody."""
    return {"PATH": os.defpath, "LC_ALL": "C"}


def _program() -> str:
    """Return where ssh-keygen is, in folders of PATH that are named in full."""
    folders = [
        folder
        for folder in os.environ.get("PATH", os.defpath).split(os.pathsep)
        if Path(folder).is_absolute()
    ]
    found = shutil.which("ssh-keygen", path=os.pathsep.join(folders))
    if found is None:
        raise UsageError(
            "ssh-keygen is not installed", next_step="install OpenSSH's client: openssh-client on Debian"
        )
    return found


def _run(
    words: tuple[str, ...], given: bytes, seconds: float, environment: dict[str, str]
) -> subprocess.CompletedProcess[bytes]:  # fmt: skip
    try:
        return subprocess.run(  # noqa: S603 - a fixed program, arguments as a list, no shell
            (_program(), "-Y", *words),
            input=given,
            capture_output=True,
            timeout=seconds,
            env=environment,
            check=False,
        )
    except subprocess.TimeoutExpired:
        step = "see whether it waits for a passphrase or a touch; the ssh-agent can hold the key"
        raise UsageError(f"ssh-keygen did not finish within {seconds:.0f} s", next_step=step) from None
    except OSError as error:
        raise UsageError(
            f"ssh-keygen cannot be run: {error.strerror}", next_step="check its rights"
        ) from None


def _words(done: subprocess.CompletedProcess[bytes]) -> str:
    rows = (done.stderr or done.stdout).decode(errors="replace").strip().splitlines()
    return inert(rows[-1] if rows else f"exit {done.returncode}")[:300]
