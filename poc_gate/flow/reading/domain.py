"""Where the speed models were fitted: says of a prediction outside of that ground why it decides only by its whole interval."""

from __future__ import annotations

from poc_gate.flow.formulas.speed.grounds import step_interval, widenings
from poc_gate.flow.formulas.speed.prompt_phase import prefill_interval
from poc_gate.flow.formulas.speed.shapes import Hardware, Network
from poc_gate.flow.interface import FactView

_OUTSIDE = {
    "decode-unknown": "the engine is not known (model.engine)",
    "decode-cpu-unmeasured": "the processor's matrix rate is not measured, so compute may be the limit long before memory is",
    "decode-pcie": "tensor parallelism over PCI Express scatters widely between machines (target.link)",
    "decode-mixture": "few models with latent attention were measured under serving engines",
    "decode-mixed": "few mixtures of experts were measured under serving engines",
    "decode-portable": "graphics cards without CUDA differ widely between drivers (Vulkan, ROCm, SYCL)",
    "decode-long": "eager frameworks scatter beyond 8,192 tokens of context",
    "prefill-unknown": "the engine is not known (model.engine)",
    "prefill-portable": "prompts on graphics cards without CUDA scatter widely between kernels and drivers",
    "foreign": "no device of its maker was measured, or it is not named (target.device)",
    "mixed-local-apple": "few mixtures of experts were measured on Apple silicon",
    "mixed-local-intel": "few mixtures of experts were measured on Intel's graphics cards",
    "mixed-local-prompt": "few prompts of mixtures of experts were measured in engines for one user",
    "hybrid-prompt": "layers that carry a state from each token to the next compute a prompt token by token in engines for one user, and few were "
    "measured (model.attention_layers)",
    "hybrid-batch": "few batches of models whose layers carry a state from each token to the next were measured in engines for one user "
    "(model.attention_layers)",
    "early-server": "serving engines write their kernels for Ampere and later, and few cards before were measured (target.device)",
    "few-bits": "few models with weights of under 3 bits were measured",
    "mixed-prompt": "few prompts of mixtures of experts were measured under serving engines",
    "latent-prompt": "few prompts of models with latent attention were measured under serving engines",
    "mixed-amd": "few mixtures of experts were measured on AMD and Intel devices",
    "mixed-intel": "few mixtures of experts were measured on AMD and Intel devices",
    "mixed-foreign": "mixtures of experts take twice as long on devices of some makers",
    "prefill-portable-amd": "prompts on graphics cards without CUDA scatter widely between kernels and drivers",
}
"""What to say where a prediction has the wide interval of ground that few measurements cover."""


def tell_step_domain(
    view: FactView, network: Network, hardware: Hardware, family: str, context: float
) -> None:
    """Say of a decode step what lies outside the ground on which the constants were fitted; `context` in tokens."""
    _tell_machine(view, hardware)
    _tell(view, step_interval(network, hardware, family, context=context))
    _tell(view, *widenings(network, hardware, family))
    if network.latent is None:
        view.outside("whether the attention is latent is not known (model.attention)")


def tell_batch_domain(view: FactView, network: Network, hardware: Hardware, family: str, batch: float, context: float) -> None:  # fmt: skip
    """Say the same of a step of `batch` streams with `context` tokens each."""
    tell_step_domain(view, network, hardware, family, context)
    if batch <= 1 or family.startswith("cpu"):
        return
    _tell(
        view,
        *(
            set(widenings(network, hardware, family, several=True))
            - set(widenings(network, hardware, family))
        ),
    )
    if hardware.compute is None:
        view.outside(
            "the compute rate is not known, so a batch may take as long as its streams one after the other "
            "(poc-gate probe measures it)"
        )
    if not hardware.vendor:
        view.outside("the maker of the device is not known (target.device)")


def tell_prompt_domain(view: FactView, network: Network, hardware: Hardware, family: str) -> None:
    """Say of a prompt phase what lies outside the ground on which the constants were fitted."""
    _tell_machine(view, hardware)
    _tell(view, prefill_interval(family, hardware.vendor), *widenings(network, hardware, family, prompt=True))


def tell_load_domain(view: FactView, network: Network, hardware: Hardware, family: str) -> None:
    """Say of a replica under load, which nobody measured, what lies outside; `family` is that of its engine."""
    tell_batch_domain(view, network, hardware, family, 2.0, 0.0)
    if not family.startswith(("server", "fused", "unknown")):
        view.outside("only serving engines were measured under load (model.engine)")
    if hardware.vendor in {"amd", "intel"}:
        view.outside("few AMD and Intel devices were measured under load (target.device)")


def _tell_machine(view: FactView, hardware: Hardware) -> None:
    if hardware.most_devices > hardware.devices:
        view.outside("how many devices share the layers is not known (model.tensor_parallel)")
    elif hardware.devices > 1 and not hardware.link:
        view.outside("how the accelerators reach each other is not known (target.link)")
    if hardware.written_out is None:
        view.outside(
            "the engine has, or may have, no kernel for weights quantised that way on this device by its table of supported "
            "hardware, so a step may take several times as long (measure one with the engine's own benchmark, or state "
            "model.quantised_by)"
        )
    if hardware.singly is None:
        view.outside(
            "kernels are launched one by one (model.eager), which few published runs show: a step may take several times as "
            "long (measure one with the engine's own benchmark)"
        )
    if hardware.pace < 1.0:
        view.outside(
            f"the accelerator's power is limited below what its maker sets, so it may run at {hardware.pace:.0%} of its clock where the "
            "work would draw more, and at all of it where it does not (target.power_limit)"
        )
    if hardware.kept is None:
        view.outside(
            "a draft guesses tokens ahead of each step (model.guessed_tokens): how many of them hold depends on the text and on "
            "the load, so a token may take from a share of a plain step's time to nearly twice it (measure it with the engine's "
            "own benchmark)"
        )
    if hardware.narrower > 1:
        view.outside("the number format of the weights is not known (model.precision)")


def _tell(view: FactView, *intervals: str) -> None:
    for interval in intervals:
        if interval in _OUTSIDE:
            view.outside(_OUTSIDE[interval])
