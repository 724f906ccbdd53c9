"""Writes the bill of materials of a release as CycloneDX 1.6: `python -I .ci/sbom.py > poc-gate.cdx.json`.

Every package of .ci/requirements.txt with the digests of its files. The same files give the same bytes: the time is
SOURCE_DATE_EPOCH, the serial number follows from the contents.
"""

from __future__ import annotations

import datetime as dt
import json
import os
import re
import sys
import tomllib
import uuid
from pathlib import Path
from typing import Any

ROOT = Path(__file__).resolve().parent.parent
_ENTRY = re.compile(
    r"^(?P<name>[A-Za-z0-9._-]+)==(?P<version>[^\s;\\]+)(?:\s*;\s*(?P<marker>[^\\\n]+?))?\s*\\?$"
)
_DIGEST = re.compile(r"--hash=sha256:(?P<digest>[0-9a-f]{64})")


def components(text: str) -> list[dict[str, Any]]:
    """Return a component for each pin; raises ValueError for a line that is none, or a pin without a digest."""
    found: list[dict[str, Any]] = []
    for line in text.splitlines():
        if not line.strip() or line.startswith("#"):
            continue
        digest = _DIGEST.search(line)
        if digest is not None:
            found[-1]["externalReferences"][0]["hashes"].append(
                {"alg": "SHA-256", "content": digest["digest"]}
            )
            continue
        entry = _ENTRY.match(line)
        if entry is None:
            raise ValueError(f"not a pin: {line}")
        found.append(_component(entry["name"], entry["version"], entry["marker"] or ""))
    bare = [one["name"] for one in found if not one["externalReferences"][0]["hashes"]]
    if bare:
        raise ValueError(f"without a digest: {', '.join(bare)}")
    return found


def _component(name: str, version: str, marker: str) -> dict[str, Any]:
    plain = re.sub(r"[-_.]+", "-", name.lower())
    made: dict[str, Any] = {
        "type": "library", "bom-ref": f"pkg:pypi/{plain}@{version}", "name": name, "version": version,
        "purl": f"pkg:pypi/{plain}@{version}", "scope": "required",
        "externalReferences": [
            {"type": "distribution", "url": f"https://pypi.org/project/{plain}/{version}/", "hashes": []}
        ],
    }  # fmt: skip
    if marker:
        made["scope"] = "optional"
        made["properties"] = [{"name": "poc-gate:environment-marker", "value": marker}]
    return made


def bill(root: Path = ROOT) -> dict[str, Any]:
    """Return the bill of materials of the release that a checkout is."""
    version = re.search(
        r'__version__ = "([^"]+)"', (root / "poc_gate" / "version.py").read_text(encoding="utf-8")
    )
    project = tomllib.loads((root / "pyproject.toml").read_text(encoding="utf-8"))["project"]
    assert version is not None
    parts = components((root / ".ci" / "requirements.txt").read_text(encoding="utf-8"))
    own = f"pkg:pypi/{project['name']}@{version[1]}"
    direct = {
        re.sub(r"[-_.]+", "-", re.split(r"[^\w.-]", text)[0].lower()) for text in project["dependencies"]
    }
    stamp = dt.datetime.fromtimestamp(int(os.environ.get("SOURCE_DATE_EPOCH", "315532800")), tz=dt.UTC)
    made: dict[str, Any] = {
        "$schema": "http://cyclonedx.org/schema/bom-1.6.schema.json", "bomFormat": "CycloneDX", "specVersion": "1.6", "version": 1,
        "metadata": {
            "timestamp": stamp.strftime("%Y-%m-%dT%H:%M:%SZ"),
            "component": {
                "type": "application", "bom-ref": own, "name": project["name"], "version": version[1], "purl": own,
                "licenses": [{"license": {"id": project["license"]}}],
            },
        },
        "components": parts,
        "dependencies": [
            {"ref": own, "dependsOn": sorted(one["purl"] for one in parts if one["purl"].split("/")[1].split("@")[0] in direct)}
        ],
        # Which of them needs which is not in the pins: what the list says of it is only what poc-gate itself asks for.
        "compositions": [{"aggregate": "complete", "assemblies": [own]}, {"aggregate": "incomplete", "dependencies": [own]}],
    }  # fmt: skip
    contents = json.dumps(made, sort_keys=True)
    made["serialNumber"] = f"urn:uuid:{uuid.uuid5(uuid.NAMESPACE_URL, contents)}"
    return made


if __name__ == "__main__":
    sys.stdout.write(json.dumps(bill(), sort_keys=True, indent=2) + "\n")
