"""Numbers without end, raised digits and digits of other scripts: every importer answers, asks or refuses in words."""

from __future__ import annotations

import json

import pytest

from poc_gate.errors import InvalidInputError
from poc_gate.inputs.artifacts.read_artifact import read_artifact

ODD = ("\u00b2", "9" * 5000, "9" * 400, "\u0663", "1e400", "-" + "9" * 400, "1e" + "9" * 50, ".5", "0x10")


def forms(odd: str) -> dict[str, str]:
    """Return file -> a text that holds the number where numbers are read."""
    contract = (
        "apiVersion: v3.1.0\nkind: DataContract\nid: a\nversion: 1.0.0\nstatus: active\nslaProperties:\n"
    )
    schedules = (
        f"*/{odd} * * * *",
        f"{odd} * * * *",
        f"0 0 {odd} * *",
        f"1-{odd} * * * *",
        f"0 0 1/{odd} * ?",
    )
    pod = "apiVersion: v1\nkind: Pod\nmetadata: {name: a}\nspec: {containers: [{name: a, image: 'IMAGE', args: ARGS, resources: {limits: {memory: 'N', cpu: 'N', nvidia.com/gpu: 'N'}}}]}\n"
    vllm = json.dumps(
        [
            f"--max-num-seqs={odd}",
            f"--max-model-len={odd}",
            f"--tensor-parallel-size={odd}",
            f"--gpu-memory-utilization={odd}",
        ]
    )
    llama = json.dumps(["-c", "8192", "-np", odd, "--parallel", odd])
    evaluation = {"n": odd, "passed": odd, "failures": odd}
    files = {
        f"{number}.odcs.yaml": f'{contract}- {{property: frequency, value: "{text}", unit: cron}}\n'
        for number, text in enumerate(schedules)
    }
    return files | {
        "vllm.yaml": pod.replace("IMAGE", "vllm/vllm-openai:v1")
        .replace("ARGS", vllm)
        .replace("'N'", f"'{odd}'"),
        "llama.yaml": pod.replace("IMAGE", "ghcr.io/ggml-org/llama.cpp:server")
        .replace("ARGS", llama)
        .replace("'N'", f"'{odd}Gi'"),
        "evaluation.json": json.dumps(evaluation),
        "requirements.txt": f"openai=={odd}.{odd}\nvllm>={odd}\n",
        "age.odcs.yaml": f'{contract}- {{property: latency, value: "{odd}", unit: d}}\n- {{property: frequency, value: {odd}, unit: h}}\n',
    }


@pytest.mark.parametrize("odd", ODD, ids=lambda text: f"{ascii(text)[:10]}, {len(text)}")
def test_every_form(odd: str) -> None:
    for file, text in forms(odd).items():
        try:
            read_artifact(text.encode(), file, kind="evaluation" if file == "evaluation.json" else "")
        except InvalidInputError as error:
            assert all(fault.what for fault in error.faults)
