"""Git is asked without running a program that the judged repository, the user or the system names."""

from __future__ import annotations

import ast
import os
import shutil
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from poc_gate.app.gate.base_files import base_files
from poc_gate.app.ground.git import ask_git
from poc_gate.app.ground.git.ask_git import GitError, opened
from poc_gate.app.ground.git.git_history import comes_before, commit_of, last_commit
from poc_gate.errors import UsageError

ROOT = Path(__file__).parents[2]
MANIFEST = "apiVersion: poc-gate/v1\npilot: {name: one, stage: limited}\n"
HOOKS = (
    "applypatch-msg", "commit-msg", "fsmonitor-watchman", "post-checkout", "post-commit", "post-index-change",
    "post-merge", "post-rewrite", "post-update", "pre-auto-gc", "pre-commit", "pre-push", "pre-receive",
    "prepare-commit-msg", "proc-receive", "push-to-checkout", "reference-transaction", "update",
)  # fmt: skip
SETTINGS = [
    "core.fsmonitor=TRAP",
    "core.fsmonitor=true",
    "core.hooksPath=HOOKS",
    "core.pager=TRAP",
    "core.editor=TRAP",
    "core.sshCommand=TRAP",
    "core.gitProxy=TRAP",
    "core.askPass=TRAP",
    "core.alternateRefsCommand=TRAP",
    "core.attributesFile=ATTRIBUTES",
    "core.useBuiltinFSMonitor=true",
    "core.worktree=/",
    "core.bare=true",
    "pager.log=TRAP",
    "pager.status=TRAP",
    "pager.ls-tree=TRAP",
    "pager.ls-files=TRAP",
    "pager.cat-file=TRAP",
    "pager.rev-parse=TRAP",
    "pager.merge-base=TRAP",
    "pager.config=TRAP",
    "sequence.editor=TRAP",
    "credential.helper=!TRAP",
    "credential.https://example.org.helper=!TRAP",
    "diff.external=TRAP",
    "diff.bait.command=TRAP",
    "diff.bait.textconv=TRAP",
    "diff.tool=bait",
    "difftool.bait.cmd=TRAP",
    "difftool.bait.path=TRAP",
    "filter.bait.clean=TRAP",
    "filter.bait.smudge=TRAP",
    "filter.bait.process=TRAP",
    "filter.lfs.process=TRAP",
    "merge.bait.driver=TRAP",
    "merge.tool=bait",
    "mergetool.bait.cmd=TRAP",
    "mergetool.bait.path=TRAP",
    "gpg.program=TRAP",
    "gpg.openpgp.program=TRAP",
    "gpg.x509.program=TRAP",
    "gpg.ssh.program=TRAP",
    "gpg.ssh.defaultKeyCommand=TRAP",
    "log.showSignature=true",
    "commit.gpgSign=true",
    "tag.gpgSign=true",
    "interactive.diffFilter=TRAP",
    "man.viewer=bait",
    "man.bait.cmd=TRAP",
    "browser.bait.cmd=TRAP",
    "web.browser=bait",
    "help.browser=bait",
    "help.autoCorrect=immediate",
    "instaweb.httpd=TRAP",
    "instaweb.browser=TRAP",
    "guitool.bait.cmd=TRAP",
    "alias.log=!TRAP",
    "alias.cat-file=!TRAP",
    "alias.ls-tree=!TRAP",
    "alias.rev-parse=!TRAP",
    "alias.merge-base=!TRAP",
    "remote.origin.url=ext::TRAP",
    "remote.origin.uploadpack=TRAP",
    "remote.origin.receivepack=TRAP",
    "remote.origin.vcs=bait",
    "remote.origin.promisor=true",
    "remote.origin.proxy=ext::TRAP",
    "remote.origin.partialCloneFilter=blob:none",
    "extensions.partialClone=origin",
    "extensions.worktreeConfig=true",
    "url.ext::TRAP.insteadOf=https://example.org/",
    "protocol.ext.allow=always",
    "protocol.allow=always",
    "submodule.bait.update=!TRAP",
    "submodule.recurse=true",
    "fetch.recurseSubmodules=true",
    "fetch.bundleURI=ext::TRAP",
    "uploadpack.packObjectsHook=TRAP",
    "receive.procReceiveRefs=refs",
    "imap.tunnel=TRAP",
    "sendemail.smtpServer=TRAP",
    "sendemail.sendmailCmd=TRAP",
    "sendemail.toCmd=TRAP",
    "sendemail.ccCmd=TRAP",
    "sendemail.headerCmd=TRAP",
    "trailer.bait.command=TRAP",
    "trailer.bait.cmd=TRAP",
    "tar.bait.command=TRAP",
    "hook.bait.command=TRAP",
    "hook.bait.event=reference-transaction",
    "gc.auto=1",
    "gc.recentObjectsHook=TRAP",
    "maintenance.auto=true",
    "init.templateDir=HOOKS",
    "include.path=INCLUDED",
    "includeIf.gitdir:/**.path=INCLUDED",
    "trace2.normalTarget=TRAP.trace",
    "ssh.variant=simple",
    "transfer.advertiseObjectInfo=true",
    "core.commitGraph=true",
    "index.sparse=true",
    "status.submoduleSummary=true",
    "diff.submodule=log",
]
"""Every setting of git 2.39 to 2.51 that names a program or leads to one; `bait` is what all files are marked as."""
LIVE = {
    "core.fsmonitor=TRAP": "status",
    "filter.bait.clean=TRAP": "status",
    "filter.bait.process=TRAP": "status",
    "diff.external=TRAP": "diff HEAD~1",
    "diff.bait.command=TRAP": "diff HEAD~1",
    "diff.bait.textconv=TRAP": "diff HEAD~1",
    "core.hooksPath=HOOKS": "checkout -q HEAD",
    "core.editor=TRAP": "commit --amend",
    "alias.bait=!TRAP": "bait",
    "remote.origin.uploadpack=TRAP": "fetch .git -q --upload-pack=TRAP",
    "gpg.program=TRAP": "commit -q --amend --no-edit -S",
    "core.sshCommand=TRAP": "fetch -q ssh://nowhere.invalid/x",
    "tar.bait.command=TRAP": "archive --format=bait HEAD",
    "difftool.bait.cmd=TRAP": "difftool -y -t bait HEAD~1",
    "include.path=INCLUDED": "status",
}
"""Setting -> a command of plain git with which it runs its program: the traps of this file do spring."""


MARKS = "* filter=bait diff=bait merge=bait\n"


@pytest.fixture(scope="module")
def two_commits(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository of two commits with files marked for drivers, to be copied."""
    root = tmp_path_factory.mktemp("two-commits") / "repo"
    root.mkdir()
    plain(root, "init", "-q", "-b", "main")
    (root / "pilot.yaml").write_text(MANIFEST)
    plain(root, "add", "-A")
    plain(root, "commit", "-qm", "first")
    (root / "pilot.yaml").write_text(f"{MANIFEST}# second\n")
    (root / "notes.txt").write_text("a\n")
    (root / ".gitattributes").write_text(MARKS)
    plain(root, "add", "-A")
    plain(root, "commit", "-qm", "second")
    (root / ".git" / "info").mkdir(exist_ok=True)
    (root / ".git" / "info" / "attributes").write_text(MARKS)
    return root


@pytest.fixture
def repository(tmp_path: Path, two_commits: Path) -> tuple[Path, Path]:
    """A repository of two commits with files marked for drivers, and the file that a trap leaves."""
    root = shutil.copytree(two_commits, tmp_path / "repo", symlinks=True)
    sprung = tmp_path / "sprung"
    trap = tmp_path / "trap.sh"
    trap.write_text(f"#!/bin/sh\ntouch '{sprung}'\n")
    trap.chmod(0o755)
    (tmp_path / "hooks").mkdir()
    for hook in HOOKS:
        shutil.copy(trap, tmp_path / "hooks" / hook)
    (tmp_path / "attributes").write_text(MARKS)
    (tmp_path / "included").write_text(f'[core]\n\tfsmonitor = "{trap}"\n')
    return root, sprung


def plain(root: Path, *words: str, **variables: str) -> subprocess.CompletedProcess[bytes]:
    quiet = {**os.environ, "GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **variables}
    who = ("-c", "user.name=t", "-c", "user.email=t@localhost")
    return subprocess.run(
        ["git", *who, "-C", str(root), *words],
        capture_output=True,
        env=quiet,
        check=False,
        stdin=subprocess.DEVNULL,
        timeout=20,
    )


def spelt(setting: str, folder: Path) -> tuple[str, str]:
    key, _, value = setting.partition("=")
    made = {"TRAP": "trap.sh", "HOOKS": "hooks", "ATTRIBUTES": "attributes", "INCLUDED": "included"}
    for word, name in made.items():
        key, value = key.replace(word, str(folder / name)), value.replace(word, str(folder / name))
    return key, value


def edit(manifest: Path) -> None:
    """Change the text, keep its length and give it another day: only by reading it, through filters, can git tell.

    A file of another length has changed without a look at it, unless it was written in the second in which the index was.
    """
    length = manifest.stat().st_size
    manifest.write_text(f"{MANIFEST}# edited\n")
    assert manifest.stat().st_size == length
    os.utime(manifest, (1_700_000_000, 1_700_000_000))


def ask_everything(root: Path) -> None:
    """Ask all that poc-gate asks of git, of files as committed, changed, and only staged."""
    manifest = root / "pilot.yaml"
    assert commit_of(root, [str(manifest)]) != ""
    last_commit(root, "notes.txt")
    with base_files("HEAD~1", manifest) as files:
        assert files.was is not None
        assert not files.is_tracked(root / "nowhere")
    edit(manifest)
    assert commit_of(root, [str(manifest)]).endswith("-dirty")
    assert last_commit(root, "pilot.yaml") is None


@pytest.mark.parametrize("setting", SETTINGS)
def test_no_setting_of_the_repository_runs_anything(repository: tuple[Path, Path], setting: str) -> None:
    root, sprung = repository
    key, value = spelt(setting, root.parent)
    plain(root, "config", "--file", ".git/config", "--add", key, value)
    if setting.startswith("extensions.worktreeConfig"):
        plain(
            root, "config", "--file", ".git/config.worktree", "core.fsmonitor", str(root.parent / "trap.sh")
        )
    ask_everything(root)
    assert not sprung.exists()
    assert not (root.parent / "trap.sh.trace").exists()


@pytest.mark.parametrize(
    "place",
    [
        "index",
        "refs/heads/base",
        "packed-refs",
        "objects/info/alternates",
        f"objects/pack/pack-{'0' * 40}.idx",
    ],
)
def test_a_pipe_in_place_of_a_file_is_refused_and_not_waited_for(
    repository: tuple[Path, Path], place: str
) -> None:
    root, _ = repository
    pipe = root / ".git" / place
    pipe.unlink(missing_ok=True)
    pipe.parent.mkdir(parents=True, exist_ok=True)
    os.mkfifo(pipe)
    with pytest.raises(GitError, match="is not a file"), opened(root):
        pytest.fail("git was asked")


@pytest.mark.parametrize("setting", LIVE)
def test_the_traps_spring_where_plain_git_is_asked(repository: tuple[Path, Path], setting: str) -> None:
    """What the test above holds would hold of nothing if the traps were dead."""
    root, sprung = repository
    key, value = spelt(setting, root.parent)
    plain(root, "config", "--add", key, value)
    edit(root / "pilot.yaml")
    command = LIVE[setting].replace("TRAP", str(root.parent / "trap.sh"))
    plain(root, *command.split(), GIT_TERMINAL_PROMPT="0")
    for _ in range(50):  # git does not wait for a filter process that says nothing
        if sprung.exists():
            break
        time.sleep(0.1)
    assert sprung.exists()


@pytest.mark.parametrize(
    "place", ["HOME", "XDG_CONFIG_HOME", "GIT_CONFIG_GLOBAL", "GIT_CONFIG_SYSTEM", "GIT_CONFIG_COUNT"]
)
def test_no_setting_of_user_system_or_environment_runs_anything(
    repository: tuple[Path, Path], place: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, sprung = repository
    pairs = [spelt(setting, root.parent) for setting in SETTINGS]
    pairs = [pair for pair in pairs if pair[0] not in {"core.worktree", "core.bare"}]
    if place == "GIT_CONFIG_COUNT":
        monkeypatch.setenv(place, str(len(pairs)))
        for number, (key, value) in enumerate(pairs):
            monkeypatch.setenv(f"GIT_CONFIG_KEY_{number}", key)
            monkeypatch.setenv(f"GIT_CONFIG_VALUE_{number}", value)
    else:
        file = root.parent / {"HOME": ".gitconfig", "XDG_CONFIG_HOME": "git/config"}.get(place, "config")
        file.parent.mkdir(exist_ok=True)
        for key, value in pairs:
            plain(root, "config", "--file", str(file), "--add", key, value)
        monkeypatch.setenv(place, str(root.parent if place in {"HOME", "XDG_CONFIG_HOME"} else file))
    ask_everything(root)
    assert not sprung.exists()


VARIABLES = (
    "GIT_EXTERNAL_DIFF", "GIT_SSH", "GIT_SSH_COMMAND", "GIT_ASKPASS", "SSH_ASKPASS", "GIT_EDITOR", "EDITOR", "VISUAL",
    "GIT_SEQUENCE_EDITOR", "GIT_PAGER", "PAGER", "GIT_PROXY_COMMAND", "GIT_PROTOCOL_FROM_USER", "GIT_EXEC_PATH",
    "GIT_TEMPLATE_DIR", "GIT_DIR", "GIT_WORK_TREE", "GIT_INDEX_FILE", "GIT_OBJECT_DIRECTORY", "GIT_COMMON_DIR",
    "GIT_ALTERNATE_OBJECT_DIRECTORIES", "GIT_TRACE", "GIT_TRACE2", "GIT_TRACE2_EVENT", "GIT_TRACE_SETUP", "GIT_NAMESPACE",
    "GIT_GRAFT_FILE", "GIT_SHALLOW_FILE", "GIT_CONFIG_PARAMETERS", "GIT_ATTR_SOURCE", "GIT_REDIRECT_STDOUT", "LD_PRELOAD",
)  # fmt: skip


@pytest.mark.parametrize("variable", VARIABLES)
def test_no_variable_of_the_environment_reaches_git(
    repository: tuple[Path, Path], variable: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, sprung = repository
    written = root.parent / "written"
    monkeypatch.setenv(variable, str(written if "TRACE" in variable else root.parent / "trap.sh"))
    ask_everything(root)
    assert not sprung.exists()
    assert not written.exists()


def test_git_is_not_taken_from_the_repository(
    repository: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, sprung = repository
    shutil.copy(root.parent / "trap.sh", root / "git")
    (root / "bin").mkdir()
    shutil.copy(root.parent / "trap.sh", root / "bin" / "git")
    linked = root.parent / "linked"
    linked.symlink_to(root / "bin")
    named = os.environ["PATH"]
    monkeypatch.chdir(root)
    monkeypatch.setenv(
        "PATH", os.pathsep.join([".", "", "bin", str(root), str(root / "bin"), str(linked), named])
    )
    ask_everything(root)
    assert not sprung.exists()


@pytest.mark.parametrize("kind", ["work tree", "submodule-like", "sha256", "packed", "detached"])
def test_repositories_of_every_build_are_read(tmp_path: Path, kind: str) -> None:
    root = tmp_path / "repo"
    root.mkdir()
    plain(root, "init", "-q", "-b", "main", *(["--object-format=sha256"] if kind == "sha256" else []))
    (root / "pilot.yaml").write_text(MANIFEST)
    plain(root, "add", "-A")
    plain(root, "commit", "-qm", "first")
    (root / "pilot.yaml").write_text(f"{MANIFEST}# second\n")
    plain(root, "commit", "-qam", "second")
    if kind == "packed":
        plain(root, "pack-refs", "--all")
        plain(root, "gc", "-q")
    elif kind == "detached":
        plain(root, "checkout", "-q", "--detach")
    elif kind == "work tree":
        plain(root, "worktree", "add", "-q", "../second", "-b", "other")
        root = tmp_path / "second"
    elif kind == "submodule-like":
        (root / ".git").rename(tmp_path / "kept")
        (root / ".git").write_text("gitdir: ../kept\n")
        plain(root, "config", "core.worktree", "../repo")
    head = plain(root, "rev-parse", "HEAD").stdout.decode().strip()
    assert commit_of(root, [str(root / "pilot.yaml")]) == head
    second = last_commit(root, "pilot.yaml")
    assert second is not None
    assert second.id == head
    with base_files("HEAD~1", root / "pilot.yaml") as files:
        there = files.there(root / "pilot.yaml")
        assert there is not None
        assert there.read_text() == MANIFEST
        assert comes_before(root, type(second)(files.commit, second.at), second)


def test_the_upstream_of_a_branch_is_known(tmp_path: Path) -> None:
    root = tmp_path / "repo"
    root.mkdir()
    plain(root, "init", "-q", "-b", "main")
    (root / "pilot.yaml").write_text(MANIFEST)
    plain(root, "add", "-A")
    plain(root, "commit", "-qm", "first")
    plain(root, "clone", "-q", str(root), str(tmp_path / "clone"))
    manifest = tmp_path / "clone" / "pilot.yaml"
    with base_files("@{upstream}", manifest) as files:
        assert files.was == Path("pilot.yaml")


def test_a_name_of_two_things_is_refused(repository: tuple[Path, Path]) -> None:
    """A tag of a branch's name would be taken for it: whoever may push a tag could choose the base."""
    root, _ = repository
    plain(root, "update-ref", "refs/remotes/origin/main", "HEAD~1")
    plain(root, "tag", "origin/main", "HEAD")
    with (
        pytest.raises(UsageError, match="more than one branch or tag"),
        base_files("origin/main", root / "pilot.yaml"),
    ):
        pass
    with base_files("refs/remotes/origin/main", root / "pilot.yaml") as files:
        assert files.was is not None


def test_a_replaced_or_grafted_history_is_not_believed(repository: tuple[Path, Path]) -> None:
    root, _ = repository
    (root / "pilot.yaml").write_text("other\n")
    plain(root, "commit", "-qam", "third")
    plain(root, "replace", "HEAD~2", "HEAD")
    with base_files("HEAD~2", root / "pilot.yaml") as files:
        there = files.there(root / "pilot.yaml")
        assert there is not None
        assert there.read_text() == MANIFEST


def test_files_that_a_clone_lacks_are_told_and_not_fetched(repository: tuple[Path, Path]) -> None:
    root, sprung = repository
    plain(root, "config", "uploadpack.allowFilter", "true")
    clone = root.parent / "clone"
    plain(root, "clone", "-q", "--filter=blob:none", root.as_uri(), str(clone))
    plain(clone, "config", "remote.origin.uploadpack", str(root.parent / "trap.sh"))
    with (
        pytest.raises(UsageError, match="not in this clone") as told,
        base_files("HEAD~1", clone / "pilot.yaml"),
    ):
        pass
    assert "git fetch" in told.value.next_step
    assert not sprung.exists()


@pytest.mark.parametrize("how", ["line ends", "lfs"])
def test_what_a_checkout_changes_is_no_change(tmp_path: Path, how: str) -> None:
    root = tmp_path / "repo"
    root.mkdir()
    plain(root, "init", "-q")
    file = root / "pilot.yaml"
    content = b"a: 1\nb: 2\n"
    import hashlib

    oid = hashlib.sha256(content).hexdigest()
    pointer = f"version https://git-lfs.github.com/spec/v1\noid sha256:{oid}\nsize {len(content)}\n".encode()
    file.write_bytes(pointer if how == "lfs" else content)
    plain(root, "add", "-A")
    plain(root, "commit", "-qm", "first")
    file.write_bytes(content if how == "lfs" else content.replace(b"\n", b"\r\n"))
    assert "-dirty" not in commit_of(root, [str(file)])
    file.write_bytes(content.replace(b"1", b"3"))
    assert commit_of(root, [str(file)]).endswith("-dirty")


@pytest.mark.parametrize(
    "break_it", ["no HEAD", "HEAD is a folder", "gitdir nowhere", "empty .git", "pipe", "no objects"]
)
def test_a_broken_repository_ends_in_words(
    repository: tuple[Path, Path], break_it: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    root, _ = repository
    monkeypatch.setattr(ask_git, "LONGEST_RUN", 2)
    git = root / ".git"
    breaks: dict[str, Callable[[], object]] = {
        "no HEAD": (git / "HEAD").unlink,
        "HEAD is a folder": lambda: ((git / "HEAD").unlink(), (git / "HEAD").mkdir()),
        "gitdir nowhere": lambda: (shutil.rmtree(git), git.write_text("gitdir: /nowhere\n")),
        "empty .git": lambda: (shutil.rmtree(git), git.mkdir()),
        "pipe": lambda: ((git / "index").unlink(), os.mkfifo(git / "index")),
        "no objects": lambda: shutil.rmtree(git / "objects"),
    }
    breaks[break_it]()
    with pytest.raises(UsageError), base_files("HEAD", root / "pilot.yaml"):
        pass
    commit_of(root, [str(root / "pilot.yaml")])
    last_commit(root, "pilot.yaml")


def test_answers_without_end_are_cut_off(
    repository: tuple[Path, Path], monkeypatch: pytest.MonkeyPatch
) -> None:
    root, _ = repository
    monkeypatch.setattr(ask_git, "MOST_OUTPUT", 10)
    with opened(root) as asked, pytest.raises(GitError, match="more than"):
        asked.ask("rev-parse", "HEAD")


def modules() -> Iterator[Path]:
    return (path for path in (ROOT / "poc_gate").rglob("*.py") if path.name != "ask_git.py")


def test_git_is_started_in_one_place() -> None:
    """Any other module that starts a program names what it starts; none of them is git."""
    starting = {
        path
        for path in modules()
        if "subprocess" in path.read_text()
        for node in ast.walk(ast.parse(path.read_text()))
        if isinstance(node, ast.Import | ast.ImportFrom)
        and "subprocess" in {*(name.name for name in node.names), getattr(node, "module", "")}
    }
    assert {path.name for path in starting} == {
        "credentials.py", "signature.py", "bounded_process.py", "ray_engine.py", "slurm_engine.py", "span_workers.py", "pool.py",
        "cluster_reads.py",
    }  # fmt: skip
    for path in starting:
        texts = {
            node.value for node in ast.walk(ast.parse(path.read_text())) if isinstance(node, ast.Constant)
        }
        assert "git" not in texts, path
