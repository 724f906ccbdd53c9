"""What a manifest says of one source, as far as measuring it needs to know."""

from __future__ import annotations

from collections.abc import Mapping

from msgspec import Struct, field


class Declaration(Struct, frozen=True):
    """One source of the manifest; times in seconds, shares of one, None where nothing is said."""

    id: str
    system: str = ""
    interface: str = ""
    url: str = ""
    """Address in the manifest; what an imported contract names is never dialled."""
    credential: str = ""
    """Reference: env:NAME, file:PATH or cmd:COMMAND."""
    options: Mapping[str, str] = field(default_factory=dict)
    literal_secret: str = ""
    """Where the manifest holds a secret itself, `url` or `probe`; its text is not passed on."""
    folder: str = "."
    """Folder of the manifest, to which relative paths belong."""
    contract_place: str = ""
    """Where an imported contract says the source lies; only shown."""
    tolerated_rate: float | None = None
    timeout: float | None = None
    objectives: Mapping[str, float] = field(default_factory=dict)
    """p50, p95, p99 as declared or promised."""
    max_age_needed: float | None = None
    freshness_promised: float | None = None
    refresh: float | None = None
    extract_time: float | None = None
    availability: float | None = None
    error_rate_promised: float | None = None
