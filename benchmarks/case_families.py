"""Which families a published figure belongs to: by vendor, engine and generation, link, attention, batch and precision."""

from __future__ import annotations

from case_rows import Row
from case_values import engine_version

from poc_gate.flow.formulas.speed.engine_family import family_of, link_of, vendor_of

_WITHOUT = frozenset({"closedform", "ingest", "ingest_max", "ckpt", "closedloop", "littles"})
"""Kinds that no device or engine takes part in; they are families of their own."""


def families_of(row: Row) -> list[str]:
    """Return names such as `vendor amd` or `engine server25`; one per dimension that the row tells."""
    if row.kind in _WITHOUT:
        return []
    device, engine = row.text["device"], row.text["engine"]
    if row.kind in {"reindex", "vecmem", "vecfit", "embed", "coldstart"}:
        return [f"engine {(engine.lower().split() or ['unknown'])[0]}"]
    family = family_of(engine, device, engine_version(row))
    vendor = vendor_of(device)
    found = [f"engine {family}", f"vendor {vendor or 'unknown'}", f"attention {_attention(row)}"]
    devices = row.number("n_dev") or 1.0
    if devices > 1:
        found.append(f"link {link_of(str(row.extra.get('link') or ''), device) or 'unknown'}")
    batch = row.number("batch") or 1.0
    if row.kind in {"serve", "decode_batch"}:
        found.append(f"batch {'up to 8' if batch <= 8 else 'up to 64' if batch <= 64 else 'above 64'}")
    bits = row.number("w_bits")
    if bits:
        found.append(f"weights {'under 8' if bits < 7 else '8' if bits < 10 else '16'} bits")
    tokens = (row.number("input_len") or 0.0) + (row.number("output_len") or 0.0)
    if tokens > 8192:
        found.append("context above 8192")
    return found


def _attention(row: Row) -> str:
    if any(name in row.extra for name in ("kv_lora_rank", "kv_lora", "kv_latent", "latent_dim", "latent")):
        return "latent"
    return "mixture" if row.number("active_b") else "dense"
