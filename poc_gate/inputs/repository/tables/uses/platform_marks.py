"""Marks of platforms, extensions and recipes that ask, search or train on behalf of a pilot; a new one is one row."""

from __future__ import annotations

from poc_gate.inputs.repository.tables.uses.mark import row as _row

_CORTEX = r"/api/v2/(?:databases/[^\"'`\s]{1,200}/agents/[^\"'`\s/]{1,80}:run\b|cortex/agent:run\b)"
"""Where Snowflake answers for its agents."""
_CORTEX_SEARCH = r"(?i)[\"']?type[\"']?\s*:\s*[\"']?cortex_search\b|\bcreate\s+(?:or\s+replace\s+)?cortex\s+search\s+service\b(?!\s+on\s+schema\b)|\.cortex_search_services\b"
"""How a search service of Snowflake is made, handed to an agent or asked."""
_ASKS_A_MODEL = r"\bgenerate_content\w*\(|\b(?:completions|responses|messages)\.(?:create|parse|stream)\(|\bollama\.\w*chat\(|\b(?:a?completion|converse|invoke_model)\(|\.with_structured_output\(|\b\w{0,40}(?:llm|model|chain|client)\.(?:a?invoke|a?chat|a?complete|a?generate)\w*\("
"""How a program asks a language model in Python."""
_TAKES_APART = r"\bjson\.loads\(|\bmodel_validate(?:_json)?\(|\bparse_raw\(|\bresponse_model\b|\.parsed\b"
"""How a program takes a structured answer apart."""
_TABLE_OF_TOOLS = r"\b\w{0,40}(?:[tT]ools|TOOLS|[tT]ool_(?:map|registry|functions)|TOOL_(?:MAP|REGISTRY|FUNCTIONS)|available_functions|AVAILABLE_FUNCTIONS)\[\s*[\w.\"'\[\]]{1,60}\s*\]\(\s*\*\*"
"""A function taken out of a table of tools by its name, and called with what else was said."""
PLATFORMS = (
    # a model answers with what is to be done next, and the program does it
    _row("tools", "a model picks among classes that stand for tools", "PARALLEL_TOOLS", r"\bMode\.(?:\w+_)?PARALLEL_TOOLS\b", r"\bIterable\[\s*(?:(?:typing\.|t\.)?Union\[|\w+\s*\|)"),
    _row("answers", "the tool that a model names is taken out of a table and called", "ools[|OOLS[|ool_map[|OOL_MAP[|ool_registry[|OOL_REGISTRY[|unctions[|FUNCTIONS[", _TABLE_OF_TOOLS, _ASKS_A_MODEL, _TAKES_APART),
    _row("answers", "which tool a model picks is read out of its answer", "Action", r"[\"'^]\^?\(?Action[^\n\"':(]{0,20}:[^\n\"'(]{0,20}\([^\n\"')]{1,20}\)(?:[^\n\"'(]{0,40}Action[^\n\"'(]{0,20}Input\b|:\s?\([^\n\"')]{1,20}\))", r"\bre\.(?:compile|search|match|findall|fullmatch)\(|\bregex\b"),
    # extensions and platforms that ask a model, or look something up, on behalf of the code
    _row("llm", "the OpenAI extension of Azure Functions asks a language model", "TextCompletion|text_completion|textCompletion|AssistantPost|assistant_post|assistantPost", r"\[TextCompletionInput\(|\[AssistantPost(?:Input)?\(|^[ \t]*@(?:\w+\.(?:text_completion|assistant_post)_input|TextCompletion|AssistantPost)\(|\btype:\s*[\"'](?:textCompletion|assistantPost)[\"']"),
    _row("retrieval", "the OpenAI extension of Azure Functions searches by meaning", "SemanticSearch|semantic_search_input|semanticSearch", r"\[SemanticSearchInput\(|^[ \t]*@(?:\w+\.semantic_search_input|SemanticSearch)\(|\btype:\s*[\"']semanticSearch[\"']"),
    _row("agent", "the OpenAI extension of Azure Functions lets a model pick functions", "AssistantSkillTrigger|assistant_skill_trigger|assistantSkillTrigger", r"\[AssistantSkillTrigger\(|^[ \t]*@(?:\w+\.assistant_skill_trigger|AssistantSkillTrigger)\(|\btype:\s*[\"']assistantSkillTrigger[\"']"),
    _row("retrieval", "it searches what Open WebUI knows", "open_webui", r"\bquery_(?:collection|doc)(?:_with_hybrid_search)?(?:_handler)?\(", r"^[ \t]*(?:from|import)\s+open_webui\.(?:routers|retrieval)\b"),
    _row("retrieval", "a memory of AgentCore is searched by meaning", "RetrieveMemoryRecords|retrieve_memory_records|retrieve_memories", r"\bnew RetrieveMemoryRecordsCommand\(|\.retrieve_memory_records\(|\.retrieve_memories\(", r"(?i)bedrock[-_.]?agent[-_]?core"),
    _row("retrieval", "an index of LlamaCloud is searched", ".pipelines.|.retrieval.|.retrievers.|/retrieve", r"\.pipelines\.(?:retrieve|run_search|runSearch)\(|\.beta\.retrieval\.(?:retrieve|find|grep)\(|\.retrievers\.(?:retriever\.)?(?:retrieve|search)\(|/pipelines/[^\s\"'`/]{1,80}/retrieve\b", r"(?i)llama[-_.]?(?:cloud|index)"),
    _row("recalls", "a server of memories is searched by meaning", "long-term-memory/search|/memory/prompt|earch_long_term_memor|earchLongTermMemor|emory_prompt|emoryPrompt", r"/v1/(?:long-term-memory/search|memory/prompt)\b|\.(?:search_long_term_memor(?:y|ies)|searchLongTermMemor(?:y|ies)|(?:hydrate_)?memory_prompt|(?:hydrate)?[mM]emoryPrompt)\(", r"long-term-memory/search|/v1/memory/prompt|agent[-_]memory[-_](?:client|server)"),
    _row("recalls", "what mem0 remembers is searched by meaning", ".search(", r"\b\w{0,40}(?:mem0|[mM]emory|[mM]emories|[mM]em|client)\w{0,20}\.search\(", r"^[ \t]*(?:from|import)[ \t]+mem0\b|from\s+[\"']mem0ai(?:/oss)?[\"']"),
    _row("recalls", "what Zep remembers is searched by meaning", "zep", r"\.(?:graph\.search|thread\.get_?[uU]ser_?[cC]ontext|memory\.(?:get|search|search_?[sS]essions))\(", r"^[ \t]*(?:from|import)[ \t]+zep_(?:cloud|python)\b|from\s+[\"']@getzep/zep-(?:cloud|js)[\"']"),
    _row("recalls", "what LangMem remembers is searched by meaning", "create_search_memory_tool", r"\bcreate_search_memory_tool\(", r"\blangmem\b"),
    _row("recalls", "a bank of memories of Vertex AI is searched by meaning", "memories.retrieve", r"\.memories\.retrieve\(", r"similarity_search_params|\bagent_engines?\b"),
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
    _row("llm", "a flow of Kestra asks a language model", "io.kestra.plugin.", r"^[ \t]*(?:-[ \t]*)?type:[ \t]*[\"']?io\.kestra\.plugin\.(?:ai\.(?:completion|agent|rag)\.\w+|(?:openai|gemini|anthropic|mistral|ollama)\.(?:ChatCompletion|StructuredOutputCompletion|Responses)\b)(?<!IngestDocument)"),
    _row("agent", "a flow of Kestra has an agent", "io.kestra.plugin.ai.agent", r"^[ \t]*(?:-[ \t]*)?type:[ \t]*[\"']?io\.kestra\.plugin\.ai\.agent\.AIAgent\b"),
    _row("retrieval", "a flow of Kestra searches by meaning", "io.kestra.plugin.ai.", r"^[ \t]*(?:-[ \t]*)?type:[ \t]*[\"']?io\.kestra\.plugin\.ai\.(?:rag\.(?:ChatCompletion|Search)|retriever\.EmbeddingStoreRetriever)\b"),
    _row("retrieval", "an index of vectors is deployed", "mongodbatlas_search_index", r"^[ \t]*type[ \t]*=[ \t]*\"vectorSearch\"", r"^resource[ \t]+\"mongodbatlas_search_index\"", weight=2),
    _row("retrieval", "Llama Stack searches an index", "rag-runtime", r"^[ \t]*-?[ \t]*provider_type:[ \t]*inline::rag-runtime\b", r"^[ \t]*-?[ \t]*(?:vector_store_id|vector_db_id):[ \t]*\S"),
)  # fmt: skip
"""Settings of tools that ask or train a model, or look something up, by a file alone."""
