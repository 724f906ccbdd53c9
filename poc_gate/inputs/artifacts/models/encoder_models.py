"""A model configuration -> whether the model answers in one pass: encoders and classifiers keep no KV cache."""

from __future__ import annotations

from poc_gate.inputs.artifacts.file_reading import Node
from poc_gate.text.lazy_pattern import lazily

_ENCODERS = {
    "aimv2", "align", "altclip", "bridgetower", "audio-spectrogram-transformer", "beit", "big_bird", "bros", "canine", "chinese_clip", "clap",
    "clip", "clip_text_model", "clip_vision_model", "clipseg", "data2vec-audio", "data2vec-text", "data2vec-vision", "deit",
    "dinov2", "dinov2_with_registers", "dinov3_vit", "dpr", "dpt", "electra", "ernie", "esm", "esmc", "flava", "fnet",
    "funnel", "groupvit", "gte", "ijepa", "jina_embeddings_v3", "layoutlm", "layoutlmv2", "layoutlmv3", "layoutxlm", "lilt",
    "longformer", "luke", "lxmert", "markuplm", "metaclip_2", "mpnet", "mra", "new", "nystromformer", "owlv2", "owlvit",
    "pixtral", "radio", "roformer", "sam", "sam2", "sam3", "sew", "sew-d", "siglip", "siglip2", "siglip_text_model",
    "siglip_vision_model", "splinter", "tapas", "timesfm", "timesformer", "unispeech", "unispeech-sat", "videomae", "vilt",
    "vit", "vit_mae", "vit_msn", "vitdet", "vivit", "vjepa2", "wav2vec2", "wav2vec2-conformer", "wavlm", "xclip", "xmod",
    "tipsv2", "videoprism", "yolos", "yoso",
}  # fmt: skip
"""Model types of Hugging Face transformers whose models encode text, images, sound or series and generate nothing."""
_PARTS = lazily(r"_(?:vision|audio|speech)(?:_model|_encoder)?$|_encoder$|_vision_model$")
"""Ends of the types that stand for the seeing or hearing part of a model."""
_BERT = lazily(r"bert(?!.*(?:decoder|generation))")
"""The family of BERT by its name: `distilbert`, `xlm-roberta`, `nomic-bert-moe`, `modernbert`, but not their decoders."""
_ONE_PASS = lazily(
    r"For(?:MaskedLM|(?:Sequence|Token|Image|Audio|AudioFrame|Video|TimeSeries)?Classification|QuestionAnswering"
    r"|MultipleChoice|NextSentencePrediction|CTC|XVector|MaskedImageModeling|ObjectDetection|DepthEstimation"
    r"|(?:Semantic|Instance|Universal)?Segmentation|(?:ImageText)?Retrieval|Regression|ImageMatting|KeypointDetection"
    r")\w*$"
)
"""Heads that answer in one pass, as the names of architectures end with them."""


def one_pass_reason(config: Node) -> str:
    """Return why a model keeps no KV cache because it generates nothing, or an empty text.

    The words on top of a file hold for the language part nested in it as well: both towers of CLIP encode.
    """
    if config.at("is_decoder").flag():
        return ""
    for owner in (config, config.reading.root()):
        heads = owner.at("architectures").texts()
        if heads and all(_ONE_PASS.search(head) for head in heads):
            return f"{heads[0][:60]} answers in one pass and keeps no KV cache"
        kind = owner.at("model_type").text()
        # A whole model that sees may be named as its seeing part is, such as Cohere's `cohere2_vision`.
        if _is_encoder(kind) or (owner.path == config.path and _PARTS.search(kind)):
            return "an encoder answers in one pass and keeps no KV cache"
    return ""


def _is_encoder(kind: str) -> bool:
    return kind.removesuffix("_text_model") in _ENCODERS or bool(_BERT.search(kind))
