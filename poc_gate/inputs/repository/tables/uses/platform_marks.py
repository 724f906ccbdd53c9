"""Marks of platforms, extensions and recipes that ask, search or train on behalf of a pilot; a new one is one row."""

from __future__ import annotations

from poc_gate.inputs.repository.tables.uses.mark import row as _row

_CORTEX = r"/api/v2/(?:databases/[^\"'`\s]{1,200}/agents/[^\"'`\s/]{1,80}:run\b|cortex/agent:run\b)"
"""Where Snowflake answers for its agents."""
_CORTEX_SEARCH = r"(?i)[\"']?type[\"']?\s*:\s*[\"']?cortex_search\b|\bcreate\s+(?:or\s+replace\s+)?cortex\s+search\s+service\b(?!\s+on\s+schema\b)|\.cortex_search_services\b"
"""How a search service of Snowflake is made, handed to an agent or asked."""
PLATFORMS = (
    # extensions and platforms that ask a model, or look something up, on behalf of the code
    _row("llm", "the OpenAI extension of Azure Functions asks a language model", "TextCompletion|text_completion|textCompletion|AssistantPost|assistant_post|assistantPost", r"\[TextCompletionInput\(|\[AssistantPost(?:Input)?\(|^[ \t]*@(?:\w+\.(?:text_completion|assistant_post)_input|TextCompletion|AssistantPost)\(|\btype:\s*[\"'](?:textCompletion|assistantPost)[\"']"),
    _row("retrieval", "the OpenAI extension of Azure Functions searches by meaning", "SemanticSearch|semantic_search_input|semanticSearch", r"\[SemanticSearchInput\(|^[ \t]*@(?:\w+\.semantic_search_input|SemanticSearch)\(|\btype:\s*[\"']semanticSearch[\"']"),
    _row("agent", "the OpenAI extension of Azure Functions lets a model pick functions", "AssistantSkillTrigger|assistant_skill_trigger|assistantSkillTrigger", r"\[AssistantSkillTrigger\(|^[ \t]*@(?:\w+\.assistant_skill_trigger|AssistantSkillTrigger)\(|\btype:\s*[\"']assistantSkillTrigger[\"']"),
    _row("retrieval", "it searches what Open WebUI knows", "open_webui", r"\bquery_(?:collection|doc)(?:_with_hybrid_search)?(?:_handler)?\(", r"^[ \t]*(?:from|import)\s+open_webui\.(?:routers|retrieval)\b"),
    _row("retrieval", "a memory of AgentCore is searched by meaning", "RetrieveMemoryRecords|retrieve_memory_records|retrieve_memories", r"\bnew RetrieveMemoryRecordsCommand\(|\.retrieve_memory_records\(|\.retrieve_memories\(", r"(?i)bedrock[-_.]?agent[-_]?core"),
    _row("llm", "Snowflake is asked for a model's answer", "/api/v2/databases/|/api/v2/cortex/", _CORTEX + r"|/api/v2/cortex/inference:complete\b"),
    _row("agent", "an agent of Snowflake is asked", "/api/v2/databases/|/api/v2/cortex/", _CORTEX),
    _row("retrieval", "a search service of Snowflake looks texts up", "cortex_search|CORTEX SEARCH|cortex search", _CORTEX_SEARCH),
    _row("batched", "Ray Data asks a language model for many rows", "build_llm_processor", r"\bbuild_llm_processor\(", r"\bray\.data\.llm\b"),
    _row("llm", "Ray Data asks a language model for many rows", "build_llm_processor", r"\bbuild_llm_processor\(", r"\bray\.data\.llm\b"),
)  # fmt: skip
RECIPES = (
    _row("training", "a recipe of LLaMA-Factory trains a language model", "finetuning_type", r"^finetuning_type:[ \t]*\w", r"^stage:[ \t]*(?:sft|pt|rm|ppo|dpo|kto)\b"),
    _row("llm", "a recipe of LLaMA-Factory trains a language model", "finetuning_type", r"^finetuning_type:[ \t]*\w", r"^stage:[ \t]*(?:sft|pt|rm|ppo|dpo|kto)\b"),
    _row("training", "a recipe of Axolotl trains a language model", "micro_batch_size", r"^micro_batch_size:[ \t]*\d", r"^base_model:[ \t]*\S", r"^datasets:|^sequence_len:"),
    _row("llm", "a recipe of Axolotl trains a language model", "micro_batch_size", r"^micro_batch_size:[ \t]*\d", r"^base_model:[ \t]*\S", r"^datasets:|^sequence_len:"),
    _row("training", "a recipe of torchtune trains a language model", "torchtune", r"^[ \t]+_component_:[ \t]*torchtune\.models\.\w", r"^optimizer:"),
    _row("llm", "a recipe of torchtune trains a language model", "torchtune", r"^[ \t]+_component_:[ \t]*torchtune\.models\.\w", r"^optimizer:"),
    _row("retrieval", "Llama Stack searches an index", "rag-runtime", r"^[ \t]*-?[ \t]*provider_type:[ \t]*inline::rag-runtime\b", r"^[ \t]*-?[ \t]*(?:vector_store_id|vector_db_id):[ \t]*\S"),
)  # fmt: skip
"""Settings of tools that train a model or look something up by a file alone."""
