"""Calls of models that the pilot runs itself."""

from __future__ import annotations

from poc_gate.inputs.repository.tables.calls.call import EMB, LLM, ML, TRAIN, Call, Rows, each, embedding
from poc_gate.model.engines.serving_engines import SERVING_ENGINES

_OF_ENGINES: Rows = {
    called: call
    for row in SERVING_ENGINES
    for module, classes, argument in row.calls
    for called, call in each(module, classes, Call("model", "chat", row.name, argument, LLM)).items()
}
LOCAL_CALLS: Rows = _OF_ENGINES | {
    **each("sentence_transformers", "SentenceTransformer", embedding("huggingface", "model")),
    **each("bentoml", "HuggingFaceModel", Call("model", "", "huggingface", "model", ("runs",))),
    **each("flashrank", "Ranker", Call("model", "reranker", "huggingface", techniques=EMB)),
    **each("sentence_transformers", "CrossEncoder", Call("model", "reranker", "huggingface", "model", EMB)),
    **each("FlagEmbedding", "FlagModel BGEM3FlagModel", embedding("huggingface", "model")),
    **each("FlagEmbedding", "FlagReranker", Call("model", "reranker", "huggingface", "model", EMB)),
    **each("fastembed", "TextEmbedding SparseTextEmbedding", embedding("huggingface", "model")),
    **each("faster_whisper", "WhisperModel BatchedInferencePipeline", Call("model", "speech", "huggingface", "model", ("runs",))),
    **each("whisper", "load_model", Call("model", "speech", "huggingface", "name", ("runs",))),
    **each("whisperx", "load_model", Call("model", "speech", "huggingface", "name", ("runs",))),
    **each("ultralytics", "YOLO", Call("model", "vision", "huggingface", "model", ("classic-ml",))),
    **each("transformers", "AutoModelForCausalLM AutoModelForSeq2SeqLM LlamaForCausalLM MistralForCausalLM Qwen2ForCausalLM GPT2LMHeadModel T5ForConditionalGeneration BartForConditionalGeneration", Call("model", "chat", "transformers", "model", LLM)),
    **each("transformers", "AutoModelForSequenceClassification AutoModelForTokenClassification BertForSequenceClassification AutoModelForImageClassification", Call("model", "classifier", "transformers", "model", ML)),
    **each("transformers", "AutoModel", Call("model", "embedding", "transformers", "model")),
    **each("transformers", "CLIPModel CLIPTextModelWithProjection CLIPVisionModelWithProjection SiglipModel", Call("model", "embedding", "transformers", "model")),
    **each("transformers", "BertModel RobertaModel DistilBertModel", Call("model", "classifier", "transformers", "model")),
    **each("transformers", "pipeline", Call("model", "", "transformers", "", ())),
    **each("transformers", "Trainer TFTrainer Seq2SeqTrainer", Call("technique", "training", techniques=TRAIN)),
    **each("trl", "SFTTrainer DPOTrainer PPOTrainer GRPOTrainer", Call("technique", "training", techniques=("training", "llm"))),
    **each("unsloth", "FastLanguageModel FastModel FastVisionModel", Call("technique", "training", techniques=("training", "llm"))),
    **each("peft", "get_peft_model", Call("technique", "training", techniques=("training",))),
    **each("ray", "TorchTrainer XGBoostTrainer LightGBMTrainer TensorflowTrainer", Call("technique", "training", techniques=("training", "classic-ml"))),
    **each("pytorch_lightning", "Trainer", Call("technique", "training", techniques=("training", "classic-ml"))),
    **each("lightning", "Trainer LightningTrainer", Call("technique", "training", techniques=("training", "classic-ml"))),
    **each("deepspeed", "initialize", Call("technique", "training", techniques=TRAIN)),
    **each("accelerate", "Accelerator", Call("technique", "training", techniques=TRAIN)),
}  # fmt: skip
