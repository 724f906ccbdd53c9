"""Names of models -> provider, role, and whether the name can move; a new family is one row."""

from __future__ import annotations

import re
from functools import lru_cache

_FAMILIES = (
    ("openai", r"gpt-[\d.]|gpt-35|chatgpt-|o[134](?:-mini|-preview|-pro)?(?:-|$)|text-embedding-(?:3|ada)|text-davinci|davinci|tts-1|dall-e|gpt-image|gpt-realtime|whisper-1|codex-mini|omni-moderation|text-moderation|computer-use-preview"),
    ("anthropic", r"claude-"),
    ("google", r"gemini-|models/(?:gemini|text-embedding|embedding-(?:\d|gecko))|text-embedding-00|textembedding-gecko|text-multilingual-embedding|gemini-embedding|chat-bison|text-bison|imagen-|multimodalembedding"),
    ("bedrock", r"(?:(?:us|eu|apac|global|jp|au|ca)\.)?(?:anthropic|amazon|meta|mistral|cohere|ai21|deepseek|stability|qwen|openai|nvidia|minimax|moonshot|writer)\.[a-z]"),
    ("bedrock", r"amazon-nova|nova-(?:pro|lite|micro|premier)|titan-(?:embed|text)"),
    ("cohere", r"command-(?:r|a|light|nightly)|command$|embed-(?:english|multilingual|v4)|rerank-(?:english|multilingual|v\d)"),
    ("mistral", r"mistral-(?:small|medium|large|tiny|embed|ocr)|codestral-|open-mi[sx]t|ministral-|magistral-|pixtral-(?:large|12b-2)|devstral-"),
    ("voyage", r"voyage-|rerank-2"),
    ("groq", r"llama-?3[\d.]*-\d+b-(?:versatile|instant|specdec)|llama3-\d+b-8192|mixtral-8x7b-32768|gemma2?-\d+b-it$"),
    ("cloudflare", r"@(?:cf|hf)/[\w-]+/"),
    ("elevenlabs", r"eleven_(?:turbo|multilingual|flash|monolingual|english)"),
    ("deepgram", r"nova-[23](?:-\w+)*$|aura-(?:2-)?[a-z]+-[a-z]{2}$"),
    ("fireworks", r"accounts/fireworks/(?:models|routers)/"),
    ("databricks", r"databricks-(?:dbrx|meta-llama|llama|claude|gpt|gemini|gemma|mixtral|mpt|qwen|bge|gte)-"),
    ("cartesia", r"sonic-(?:\d|turbo|english|multilingual|preview)"),
    ("deepseek", r"deepseek-(?:chat|reasoner|v\d)"),
    ("xai", r"grok-"),
    ("perplexity", r"sonar(?:-|$)"),
    ("dashscope", r"text-embedding-v\d|multimodal-embedding-v\d"),
    ("jina", r"jina-(?:embeddings|reranker|clip)"),
    ("", r"(?:llama|meta-llama|codellama|tinyllama|vicuna|alpaca|wizard)[-_.]?\d?|mixtral|mistral|qwen|qwq|deepseek|phi[-_.]?\d|gemma|gpt-oss|nemotron|falcon|granite|smollm|yi-\d|olmo|starcoder|internlm|baichuan|chatglm|glm-\d|glm4|kimi-|moonshot-v|minimax-|solar-|command-r|zephyr|hermes|nous-hermes|ai21-jamba|nvidia-nemotron|openchat|neural-chat|dolphin|orca-|stablelm|bloom(?:z)?-|opt-\d|mpt-\d|gpt2|gpt-neo|gpt-j|flan-t5|t5-|ernie-|minicpm|mimo-v?\d|hunyuan-|doubao-|longcat-|exaone-|jamba-|reka-|lfm\d|sarvam-|aya-(?:expanse|vision)|seed-oss|step-\d|tongyi-|seed-\d"),
    ("", r"bge-|e5-|multilingual-e5-|gte-|all-minilm|all-mpnet|multi-qa|paraphrase-|nomic-embed|mxbai-|snowflake-arctic|arctic-embed|stella|instructor-(?:xl|large|base)|nv-embed|nv-rerank|llama-nemoretriever|sfr-embedding|minilm|msmarco|cross-encoder|ms-marco|colbert|splade|granite-embedding|unixcoder|(?:graph)?codebert|codesage|embeddinggemma|llm-embedder|nvclip|universal-sentence-encoder|sentence-t5"),
    ("", r"(?:sci|distil|al|de|bio|fin|clinical|legal|tiny|mobile|camem|xlm-)?(?:ro)?bert(?:a)?(?:-|_|$)|deberta|xlnet|electra|longformer|bart-|pegasus|marian|nllb|opus-mt"),
    ("", r"(?:faster-)?whisper|wav2vec|hubert|parakeet|canary-|kokoro|xtts|bark|speecht5|distil-whisper|moonshine"),
    ("", r"stable-diffusion|sdxl|sd-turbo|flux|sana[_-]|pixart|kandinsky|kolors|qwen-image|z-image|hunyuan(?:image|video|dit|3d)|cogvideo|ltx-video|[_-]diffusers\b|clip-|vit-|yolo(?:v?\d|-|x)|resnet-?\d|efficientnet|mobilenet|sam-?\d|sam_vit|dinov?\d?|detr-|florence|llava|blip|paligemma|cosmos|layoutlm|donut|trocr|owlvit|siglip|swin|convnext|segformer|groundingdino|grounding-dino|depth-anything"),
    ("", r"llama-?guard|shieldgemma|prompt-?guard|granite-guardian|wildguard"),
    ("", r"\.?elser[_-]|chronos|timesfm|timegpt|moirai|tabpfn|prophet"),
)  # fmt: skip
"""Provider (empty: open weights) and how names begin, without the organisation."""

_FAMILY = re.compile(
    "|".join(f"(?P<f{i}>{pattern})" for i, (_, pattern) in enumerate(_FAMILIES)), re.IGNORECASE
)
_SHAPE = re.compile(r"(?:@(?=[ch]f/)|\.(?=elser))?[A-Za-z0-9][A-Za-z0-9._:/@+-]{1,119}")
_ORGANISATION = re.compile(r"[A-Za-z0-9][\w.-]{1,60}/[A-Za-z0-9][\w.+-]{2,80}(?::[\w.-]+)?")

_TELLS = re.compile(r"[\d/:-]")
"""A family's bare name, such as `mistral`, is no model."""
_PLACEHOLDER = re.compile(r"(?i)your[_-]|_here\b|xxx|placeholder|<|example/")
_PREFIXES = {
    "openai": "openai", "azure": "azure-openai", "azure_openai": "azure-openai", "azure_ai": "azure-ai", "anthropic": "anthropic",
    "google_genai": "google", "google-genai": "google", "gemini": "google", "google": "google", "google_vertexai": "vertex-ai",
    "vertex_ai": "vertex-ai", "vertexai": "vertex-ai", "vertex": "vertex-ai", "google_anthropic_vertex": "vertex-ai", "bedrock": "bedrock",
    "bedrock_converse": "bedrock", "aws_bedrock": "bedrock", "cohere": "cohere", "mistral": "mistral", "mistralai": "mistral", "groq": "groq",
    "together": "together", "together_ai": "together", "fireworks": "fireworks", "fireworks_ai": "fireworks",
    "ollama": "ollama", "ollama_chat": "ollama", "huggingface": "huggingface", "hosted_vllm": "vllm", "vllm": "vllm",
    "deepseek": "deepseek", "xai": "xai", "openrouter": "openrouter", "replicate": "replicate", "baseten": "baseten",
    "perplexity": "perplexity", "databricks": "databricks", "watsonx": "watsonx", "nvidia_nim": "nvidia",
    "nvidia": "nvidia", "cerebras": "cerebras", "sambanova": "sambanova", "voyageai": "voyage", "voyage": "voyage",
    "litellm_proxy": "litellm", "openai-chat": "openai", "openai_like": "", "github": "github-models", "codestral": "mistral", "text-completion-codestral": "mistral", "text-completion-openai": "openai", "ai21": "ai21", "google-gla": "google", "google-vertex": "vertex-ai",
}  # fmt: skip
"""Prefix of a name, before a colon or a slash -> provider."""

_ORGANISATIONS = frozenset({"nvidia", "google", "mistralai", "huggingface", "cohere", "replicate"})
"""Prefixes that, before a slash, are organisations of a model hub."""

HOSTED = frozenset({
    "openai", "azure-openai", "azure-ai", "azure-apim", "anthropic", "google", "vertex-ai", "bedrock", "cohere", "mistral", "groq", "together",
    "fireworks", "deepseek", "xai", "openrouter", "replicate", "cloudflare", "baseten", "perplexity", "databricks", "watsonx",
    "cerebras", "sambanova", "voyage", "jina", "deepinfra", "anyscale", "huggingface-api", "huggingface-router", "nvidia", "zhipu", "dashscope",
    "moonshot", "github-models", "elevenlabs", "deepgram", "assemblyai", "cartesia", "azure-speech", "snowflake", "oci",
    "writer", "ai21", "upstage", "amazon-q", "vercel-gateway", "livekit", "friendli", "novita", "aleph-alpha", "siliconflow", "hyperbolic", "fal",
})  # fmt: skip
"""Providers that run the model; whoever names one of them does not."""

_ROLES = (
    ("reranker", r"rerank|cross-encoder(?!/nli)|ms-marco-|ranker"),
    ("guardrail", r"guard(?!ian\.)|shield|moderation|prompt-guard"),
    ("embedding", r"embed|^\.?elser[_-]|bge-(?!rerank)|(?:^|/)e5-|multilingual-e5|gte-|minilm|mpnet|nomic|mxbai|voyage-\d|voyage-(?:law|code|finance|large|lite|multilingual|multimodal|context)|sentence-t5|sentence-encoder|multi-qa|gecko|stella|(?:^|/)vit-(?:b|l|h|g|bigg|so400m)[-/]\d\d(?!\d)|clip-|nvclip|siglip|colpali|colqwen|splade|unixcoder|codebert|codesage"),
    ("speech", r"eleven_|whisper|transcribe|wav2vec|tts|kokoro|parakeet|canary-\d|stt|speech|xtts|bark|nova-[23](?:-(?!lite|pro|micro|premier|omni)\w+)*$|nova-(?:\d-)?sonic|aura-(?:2-)?[a-z]+-[a-z]{2}$|(?:^|/)sonic-(?:\d|turbo|english|multilingual)|(?:^|-)asr(?:-|$)"),
    ("image", r"dall-e|gpt-image|gemini-[\d.]+-[\w-]*image|imagen|stable-diffusion|sdxl|flux|sana[_-]|pixart|kandinsky|kolors|qwen-image|z-image|hunyuan(?:image|video|dit|3d)|cogvideo|ltx-video|[_-]diffusers\b|stability\.|nova-canvas|titan-image"),
    ("vision", r"yolo|resnet|efficientnet|mobilenet|(?:^|/)vit-|detr|sam-|sam\d|florence|blip|layoutlm|donut|trocr|swin|segformer|dino|depth-anything|minicpm-?v|page-elements|table-structure|graphic-elements|paddleocr|nemotron-parse|nemoretriever-parse|docling|nemoretriever-(?:page|table|graphic|ocr)|nemotron-(?:page|table|graphic|ocr)|ocr"),
    ("classifier", r"nli-|(?:^|/)(?:sci|distil|al|de|bio|fin|clinical|legal|xlm-)?(?:ro)?bert|scibert|finbert|deberta|chronos|timesfm|prophet|tabpfn"),
)  # fmt: skip
_ROLE = re.compile("|".join(f"(?P<{role}>{pattern})" for role, pattern in _ROLES), re.IGNORECASE)

_WEIGHTS = re.compile(r"(?i)^(?:.*[/\\])?([\w.+-]+?)((?:[-_.](?:i?q\d(?:_\w+)*|[bf]p?16|f32|int[48]|u?int8|[48]bit|awq|gptq|ggml|gguf|imatrix))*)\.(gguf|ggml|pt|pth|onnx|safetensors|tflite|engine|mlmodel)$")  # fmt: skip
"""Path, name, form of the numbers and ending of a file of weights."""
_SAFE = frozenset({"gguf", "ggml", "onnx", "safetensors", "tflite"})
_PICKLED = frozenset({"pt", "pth"})


@lru_cache(maxsize=16_384)
def weights_of(text: str) -> tuple[str, bool | None] | None:
    """Return the model that a file of weights is of, and whether its format can run no code (None: not known).

    None for what is not such a file, and for parts beside a model, such as a projector of pictures.
    """
    match = _WEIGHTS.match(text.strip()) if len(text) <= 200 else None
    if match is None or match[1].lower().startswith("mmproj"):
        return None
    ending = match[3].lower()
    return match[1], True if ending in _SAFE else False if ending in _PICKLED else None


_OF_KSERVE = ("-predictor", "-predictor-default", "-transformer-default")
"""How the addresses of models end that KServe serves.

Source: KServe documentation, "First InferenceService"."""
_TAG = re.compile(r"(?i)latest|instruct|text|chat|\d+(?:\.\d+)?[bm](?:[-.]\S*)?|v\d[\w.]*(?:-\S*)?")
"""What stands behind the colon of a model in Ollama's library, one called like its maker among them: `mistral:7b`."""


_AS_DEPLOYED = re.compile(r"^nvcf:|:dep-\w+$")
"""What NVIDIA's cloud writes around the name of a model that somebody deployed there."""


_SIZED = re.compile(r"(?i)[-_]\d{1,3}(?:\.\d{1,2})?b(?:[-_.]|$)")
"""How many parameters a model of the hub has, which names of the pilot's own training hold, too: `org/SupportTwin-8B-DPO`."""
_ENGINE = re.compile(r"(?i)llama2?[._-]?cpp(?:$|[^\w/])")
"""The engine that is called after a family of models."""


_OF_OPENROUTER = re.compile(r"(?i)[a-z0-9-]+/[\w.-]+:(?:free|nitro|floor|online|extended|exacto|thinking)")
"""Names of the maker and its model with a variant, which OpenRouter alone has: the maker itself is never asked under one."""


@lru_cache(maxsize=16_384)
def read_model_name(text: str) -> tuple[str, str] | None:
    """Return a model's name without the provider's prefix, and that provider or an empty text; None when it is not a name.

    Only names of known families and names with an organisation are taken.
    """
    text = _AS_DEPLOYED.sub("", text.strip())
    weights = weights_of(text)
    if weights is not None:
        text = weights[0]
    if not _TELLS.search(text) or _PLACEHOLDER.search(text) or _ENGINE.match(text):
        return None
    if (
        not _SHAPE.fullmatch(text)
        or "://" in text
        or text.endswith(("/", ".py", ".json", ".txt", ".yaml", ".yml", ".md", *_OF_KSERVE))
    ):
        return None
    head, separator, rest = _split(text)
    provider = _PREFIXES.get(head.lower(), "") if separator else ""
    if _OF_OPENROUTER.fullmatch(text):
        provider, rest = "openrouter", text
    if provider and rest:
        of_ollama = separator == ":" and _TAG.fullmatch(rest)
        name = rest.rpartition("/")[2] if provider == "bedrock" else rest
        return (text, "ollama") if of_ollama else (name, provider)
    if separator == ":" and "/" not in head and not _FAMILY.match(head):
        return None
    bare = text.rpartition("/")[2]
    sized = _SIZED.search(bare) is not None and is_of_a_hub(text)
    return (text, "") if _FAMILY.match(text) or _FAMILY.match(bare) or sized else None


_WHISPERS = frozenset({
    "tiny", "tiny.en", "base", "base.en", "small", "small.en", "medium", "medium.en",
    "large", "large-v1", "large-v2", "large-v3", "large-v3-turbo", "turbo", "distil-large-v3",
})  # fmt: skip


def whisper_of_size(text: str) -> str:
    """Return the name of a Whisper model that libraries are given by its size alone, or an empty text.

    Source: README of openai/whisper, "Available models and languages".
    """
    return f"whisper-{text}" if text in _WHISPERS else ""


_SERVED_UNDER = {"openai": re.compile(r"gpt-(?!oss)|o\d|text-embedding|chatgpt"), "databricks": re.compile(r"databricks-"), "cerebras": re.compile(r"(?!Cerebras-|btlm)")}  # fmt: skip
"""Providers that are also organisations of a model hub, and how the names begin that they serve themselves."""


def _split(text: str) -> tuple[str, str, str]:
    """Split a provider's prefix off: before the first colon, or before the first slash."""
    head, found, rest = text.partition("/")
    if found and head.lower() in _PREFIXES and head.lower() not in _ORGANISATIONS:
        served = _SERVED_UNDER.get(head.lower())
        return ("", "", text) if served and not served.match(rest) else (head, found, rest)
    return text.partition(":")


def has_organisation(text: str) -> bool:
    """Say whether a text is `organisation/name`, as model hubs write it."""
    return bool(_ORGANISATION.fullmatch(text))


_IN_A_FOLDER = re.compile(
    r"(?i)^(?:models?|data|weights|checkpoints?|ckpts?|artifacts|outputs?|results|runs|(?:saved|trained|local|my)[-_]models?|model[-_]weights|assets|storage|cache|app|opt|mnt|src)/|\.(?!\d)\w{1,4}$"
)
"""Names of folders and of files, which look like an organisation's model; `org/encoder-0.6b` ends like no file."""


def is_of_a_hub(text: str) -> bool:
    """Say whether a text can be the name of a model on a hub, whatever its family: neither a file nor what people fill in."""
    return has_organisation(text) and not _IN_A_FOLDER.search(text) and not _PLACEHOLDER.search(text)


@lru_cache(maxsize=16_384)
def provider_of_name(name: str) -> str:
    """Return who serves models of that name, or an empty text for open weights and unknown names."""
    match = _FAMILY.match(name)
    return _FAMILIES[int(match.lastgroup[1:])][0] if match and match.lastgroup else ""


NO_MODELS = frozenset(
    {"unknown", "none", "default", "auto", "n/a", "custom", "model", "local", "test", "null"}
)
"""What is written where no model is named."""
_TEXT = re.compile(
    r"(?i)(?:meta-)?llama-?[1-3](?:\.\d)?-|mixtral|mistral-7b|neural-chat|qwen\d?(?:\.\d)?-\d|phi-[234]-mini|gemma-(?:2-)?\d+b|falcon-|zephyr|tinyllama|gpt-3\.5|gpt-35|deepseek-(?:chat|r1|v\d)"
)
_SENSES = re.compile(r"(?i)vision|vl\b|-vl-|audio|omni|speech|multimodal|ocr|11b|90b")


_WITHOUT_SOUND = re.compile(
    r"(?i)(?:gpt-(?:4o|4\.1|5(?:\.\d)?)|claude-)(?!.*(?:audio|realtime|transcribe|tts|live))"
)
"""Models that see pictures and neither hear nor speak: what brings them sound does that itself."""


@lru_cache(maxsize=16_384)
def is_without_sound(name: str) -> bool:
    """Say whether a model of a known family takes and gives no sound."""
    return bool(_WITHOUT_SOUND.match(name.rpartition("/")[2]))


@lru_cache(maxsize=16_384)
def writes_text_alone(name: str) -> bool:
    """Say whether a model of a known family reads and writes plain text, no pictures and no sound."""
    return bool(_TEXT.match(name.rpartition("/")[2])) and not _SENSES.search(name)


@lru_cache(maxsize=16_384)
def role_of_name(name: str) -> str:
    """Return the role that a model's name alone shows, or an empty text."""
    if "rerank" in name.lower():
        return "reranker"  # `mxbai-rerank` begins like models for embeddings
    match = _ROLE.search(name)
    return str(match.lastgroup) if match else ""


def is_hosted(provider: str) -> bool:
    """Say whether a provider runs the model itself."""
    return provider in HOSTED


_KEY_ROLES = (
    ("embedding", r"embed|embd|vectori[sz]er|encoder"),
    ("reranker", r"rerank|ranking|cross_?encoder|ranker"),
    ("guardrail", r"guard|moderat|safety|shield|toxic"),
    ("judge", r"judge|grader|(?<!ri)eval|critic|ragas|scorer"),
    ("fallback", r"fallback|backup|secondary"),
    ("speech", r"stt|tts|whisper|speech|transcri|voice|audio|asr"),
    ("image", r"image_gen|dalle|diffusion|text_?to_?image|(?:^|_)tti(?:_|$)"),
    ("vision", r"vlm|vision|(?:^|_)itt(?:_|$)|image_?to_?text|caption|screenshot|ocr|image|multimodal|page_elements|graphic|table_structure"),
    ("summary", r"summar|title"),
    ("rewrite", r"rewrit|(?:^|[_.])query_(?:gen\w*_)?(?:model|llm)|^query(?-i:Model|Llm|LLM)|query_decomp|decomposition|filter_expression|reflection|condense|intent|(?:^|_)(?:classifier|classification|clarify|clarification|parse|parser|parsing|extract|extraction|extractor|router|routing)_(?:model|llm)"),
)  # fmt: skip
_KEY_ROLE = re.compile("|".join(f"(?P<{role}>{pattern})" for role, pattern in _KEY_ROLES), re.IGNORECASE)


@lru_cache(maxsize=16_384)
def role_of_key(key: str) -> str:
    """Return the role that the name of a setting shows, such as `embedding` for `EMBED_MODEL`; or an empty text."""
    match = _KEY_ROLE.search(key)
    if match and match.lastgroup == "vision" and re.search(r"(?i)embed", key):
        return "embedding"  # of pictures and texts in one space
    if match and match[0].lower() == "multimodal" and re.search(r"(?i)gemini|gpt|claude|llm|chat", key):
        return ""  # it answers in words, whatever it is shown
    return str(match.lastgroup) if match else ""


_NAMES_A_MODEL = re.compile(
    r"(?i)(?:^|[_.\-])(?:model|llm|deployment|engine)(?:[_.\-]?(?:name|id|path|type|repo|deployment|slug|key))?$|model_?(?:name|id)$|modelname|modelid|(?:^|[_.])(?:chat|embed(?:ding)?s?|reranker|llm)$|^model_\w+$|_llm$|^llm_|model$|deploymentname$|(?:chat|completions?|embeddings?|gpt\w*)_?deployment(?:_?(?:name|id))?$|(?:^|[_.])model[_.]\w{2,24}$|default_model|model_default|inference_?profile(?:_?(?:id|name))?$"
)
_NOT_A_MODEL = re.compile(
    r"(?i)^encod(?:ing|er)_?model|dir$|_url|url$|key$|token|temperature|version|_file|folder|registry|host|port$|count|size|dims?$|dimension|timeout|max_|context|cache|prefix|endpoint|provider|type_name|revision|tokenizer|_class$|classname|api_base|quota|sku|capacity|splitter|_config$|path_prefix|description|label|format|stage$|bucket|model_?type$"
)


_SERVED = re.compile(r"(?i)(?<=model)_(?:serving_)?endpoint(?:_name)?$")
"""What Databricks calls the endpoint that serves a model, which bears its name."""


@lru_cache(maxsize=16_384)
def names_a_model(key: str) -> bool:
    """Say whether the name of a setting says that its value is a model's name."""
    key = _SERVED.sub("", key)
    return bool(_NAMES_A_MODEL.search(key)) and not _NOT_A_MODEL.search(key)
