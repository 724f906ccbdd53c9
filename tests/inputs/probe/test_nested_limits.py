"""Nested control groups of both versions, as Docker, Podman, Kubernetes, systemd and Slurm lay them out."""

from __future__ import annotations

from pathlib import Path

import pytest
from recorded_host import host

from poc_gate.inputs.probe.host.container_limits import ContainerLimits, read_container_limits

GIB = 1 << 30
V2 = "/sys/fs/cgroup"
V1 = "/sys/fs/cgroup/memory"
_NO_LIMIT = "9223372036854771712"


def _room(
    folder: str, limit: float | str, used: float, *, high: float | None = None, cache: float = 0
) -> dict[str, str]:
    """Return the memory files of a group of version 2, sizes in GiB."""
    files = {
        f"{folder}/memory.max": limit if isinstance(limit, str) else str(int(limit * GIB)),
        f"{folder}/memory.current": str(int(used * GIB)),
        f"{folder}/memory.stat": f"anon 1\ninactive_file {int(cache * GIB)}\n",
    }
    return files | ({f"{folder}/memory.high": str(int(high * GIB))} if high is not None else {})


def _first(
    folder: str, limit: float | str, used: float, hierarchical: float | str = _NO_LIMIT
) -> dict[str, str]:
    """Return the memory files of a group of version 1, sizes in GiB."""
    whole = [text if isinstance(text, str) else str(int(text * GIB)) for text in (limit, hierarchical)]
    return {
        f"{folder}/memory.limit_in_bytes": whole[0],
        f"{folder}/memory.usage_in_bytes": str(int(used * GIB)),
        f"{folder}/memory.stat": f"total_inactive_file 0\nhierarchical_memory_limit {whole[1]}\n",
    }


POD = "/kubepods.slice/kubepods-pod1.slice/cri-containerd-a.scope"
CASES: dict[str, tuple[str, dict[str, str], float | None, float | None]] = {
    "own namespace": ("0::/", _room(V2, 4, 1), 4, 3),
    "pod tighter than container": (f"0::{POD}", _room(V2 + POD, 8, 1) | _room(V2 + POD.rpartition("/")[0], 4, 3), 4, 1),
    "wide pod nearly full": (f"0::{POD}", _room(V2 + POD, 4, 1) | _room(V2 + POD.rpartition("/")[0], 8, 7.5), 4, 0.5),
    "parent without files": (f"0::{POD}", _room(V2 + POD, 4, 1), 4, 3),
    "high in a user slice": (
        "0::/user.slice/user-1000.slice/session-1.scope",
        _room(V2 + "/user.slice/user-1000.slice", "max", 3, high=4) | _room(V2 + "/user.slice/user-1000.slice/session-1.scope", "max", 1), 4, 1,
    ),
    "high below max": ("0::/", _room(V2, 8, 1, high=2), 2, 1),
    "cache given back": ("0::/", _room(V2, 4, 3.5, cache=3), 4, 3.5),
    "more cache than use": ("0::/", _room(V2, 4, 1, cache=2), 4, 4),
    "over high": ("0::/", _room(V2, "max", 5, high=4), 4, 0),
    "nothing allowed": ("0::/", _room(V2, 0, 0), 0, 0),
    "no limit": ("0::/", _room(V2, "max", 1), None, None),
    "version 1 by docker": ("9:memory:/docker/abc", _first(V1, 4, 1), 4, 3),
    "version 1, child of the mount": ("9:memory:/docker/abc/init.scope", _first(f"{V1}/init.scope", 2, 1) | _first(V1, 4, 1), 2, 1),
    "version 1, limit of a hidden pod": ("9:memory:/kubepods/pod1/ctr", _first(V1, _NO_LIMIT, 1, 4), 4, 3),
    "version 1, hidden pod tighter": ("9:memory:/kubepods/pod1/ctr", _first(V1, 8, 1, 4), 4, 3),
    "version 1 in pairs": ("4:memory,hugetlb:/a", _first("/sys/fs/cgroup/memory,hugetlb/a", 4, 1), 4, 3),
    "hybrid": ("9:memory:/docker/a\n0::/docker/a", _first(V1, 4, 1) | {f"{V2}/unified/docker/a/cgroup.procs": "1"}, 4, 3),
    "slurm step": (
        "9:memory:/slurm/uid_0/job_1/step_0", _first(f"{V1}/slurm/uid_0/job_1", 4, 2) | _first(f"{V1}/slurm/uid_0/job_1/step_0", _NO_LIMIT, 1), 4, 2,
    ),
    "podman without root": (
        "0::/user.slice/user-1.slice/user@1.service/user.slice/libpod-a.scope/container",
        _room(V2 + "/user.slice/user-1.slice/user@1.service/user.slice/libpod-a.scope", 2, 1), 2, 1,
    ),
    "outside of the namespace": ("0::/../../other", _room(V2, 4, 1), 4, 3),
    "colons in a name": ("0::/a:b/c", _room(V2 + "/a:b/c", 4, 1), 4, 3),
    "a number of 5,000 digits": ("0::/", _room(V2, "9" * 5000, 1), None, None),
    "digits of another script": ("0::/", _room(V2, "²", 1), None, None),
    "negative": ("0::/", _room(V2, "-1", 1), None, None),
}  # fmt: skip


@pytest.mark.parametrize("name", CASES)
def test_the_memory_that_is_left(name: str, tmp_path: Path) -> None:
    groups, files, limit, left = CASES[name]
    found = read_container_limits(host(tmp_path, {"/proc/self/cgroup": groups, **files}))
    assert (found.memory, found.memory_left) == tuple(
        None if one is None else int(one * GIB) for one in (limit, left)
    )


CPUS: dict[str, tuple[str, dict[str, str], float | None]] = {
    "own": ("0::/", {f"{V2}/cpu.max": "150000 100000"}, 1.5),
    "parent tighter": (f"0::{POD}", {f"{V2}{POD}/cpu.max": "max 100000", f"{V2}/kubepods.slice/cpu.max": "50000 100000"}, 0.5),
    "no limit": ("0::/", {f"{V2}/cpu.max": "max 100000"}, None),
    "burst alone": ("0::/", {f"{V2}/cpu.max": "max 100000", f"{V2}/cpu.max.burst": "1000"}, None),
    "a period of zero": ("0::/", {f"{V2}/cpu.max": "100000 0"}, None),
    "digits of another script": ("0::/", {f"{V2}/cpu.max": "² 100000"}, None),
    "version 1": ("4:cpu,cpuacct:/a", {f"{V2}/cpu,cpuacct/a/cpu.cfs_quota_us": "50000", f"{V2}/cpu,cpuacct/a/cpu.cfs_period_us": "100000"}, 0.5),
    "version 1, names the other way round": (
        "4:cpu,cpuacct:/a", {f"{V2}/cpuacct,cpu/a/cpu.cfs_quota_us": "50000", f"{V2}/cpuacct,cpu/a/cpu.cfs_period_us": "100000"}, 0.5,
    ),
    "version 1 without a limit": ("4:cpu:/a", {f"{V2}/cpu/a/cpu.cfs_quota_us": "-1", f"{V2}/cpu/a/cpu.cfs_period_us": "100000"}, None),
    "cpuset is no quota": ("4:cpuset:/a", {f"{V2}/cpuset/a/cpuset.cpus": "0-1"}, None),
}  # fmt: skip


@pytest.mark.parametrize("name", CPUS)
def test_the_quota_of_cpu_time(name: str, tmp_path: Path) -> None:
    groups, files, cpus = CPUS[name]
    assert read_container_limits(host(tmp_path, {"/proc/self/cgroup": groups, **files})).cpus == cpus


def test_accounts_of_throttling_that_are_no_numbers_are_none(tmp_path: Path) -> None:
    files: dict[str, str | bytes] = {
        "/proc/self/cgroup": "0::/",
        f"{V2}/cpu.stat": "nr_throttled many\nthrottled_usec -\n",
    }
    assert read_container_limits(host(tmp_path, files)) == ContainerLimits(cpus_known=True)
