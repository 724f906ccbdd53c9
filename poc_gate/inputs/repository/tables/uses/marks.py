"""Marks in code, notebooks and settings -> evidence of what a pilot uses; a new one is one row."""

from __future__ import annotations

import re
from functools import lru_cache

from poc_gate.inputs.repository.tables.uses.mark import Mark, Marks
from poc_gate.inputs.repository.tables.uses.mark import row as _row
from poc_gate.inputs.repository.tables.uses.platform_marks import PLATFORMS, RECIPES
from poc_gate.inputs.repository.tables.uses.said import EMBEDDED_IN_A_DATABASE
from poc_gate.text.plain_words import PlainWords

_PARSES = r"JSON\.parse\(|json\.loads\(|json\.Unmarshal\(|from_str|readValue\(|JsonDocument\.Parse|JsonSerializer|parse_raw|\.arguments\b|\.args\b|\.input\b"
"""What a program does with the arguments that a model chose."""
_LEFT_TO_IT = r"\A(?![\s\S]*tool_?[cC]hoice[\"']?\s*[:=]\s*\{(?!\s*[\"']?type[\"']?\s*:\s*[\"']auto[\"']))"
"""Nothing in the file forces the model to one tool, which would only give its answer a form."""
_SAYS_ROLE = r"[\"']?role[\"']?\s*:\s*[\"'](?:user|system)[\"']"
_ASKS_OVER_HTTP = r"(?<![\w.])(?:await )?fetch\(|\baxios\b|\bhttpService\b|\brequests\.(?:post|request)\(|\bhttpx\b|\baiohttp\b|\burlopen\("
"""How a file asks something over HTTP without a library for it."""
_ON_A_PAGE = r"/v1/chatkit/sessions\b|\bchatkit\.sessions\.create\(|[\"']@elevenlabs/(?:react|client)[\"'](?=(?:(?!@elevenlabs/(?:react|client)[\"'])[\s\S])*?\bagent_?[iI]d\b)|\bfrom elevenlabs\.conversational_ai\.conversation import\b"
"""How a program opens a conversation with an agent whose model and tools are chosen on a page of OpenAI or ElevenLabs."""
_CLIENTS_OF_HTTP = r"\b(?:WebClient|RestTemplate|RestClient|HttpClient|OkHttpClient|CloseableHttpClient)\b"
"""What Java, Kotlin and C# ask over HTTP with."""
_TYPED = r"^(?:package [\w.]+;?\s*$|import (?:java|javax|jakarta|okhttp3|org\.(?:springframework|apache))\.|using System|namespace [\w.]+)"
"""How files of these languages begin."""
_CREATES_MODEL = r"(?i)\bcreate\s+(?:or\s+replace\s+)?(?:external\s+)?model\s+(?:if\s+not\s+exists\s+)?[`{\w][^\s(;]{0,200}(?=\s*(?:\(|$|\\n|(?:options|transform|input|remote|from|as|target|using|predict)\b))(?![^;]{0,400}\bremote\s+with\s+connection\b)"
"""A statement that trains in a warehouse; one `remote with connection` only gives a name to a model that Vertex AI runs."""
_WITH_OPTIONS = r"(?i)\boptions\s*\(|\bmodel_type\b|\btarget\s+\w+\s+function\b|\btransform\s*\("
"""What a statement that trains a model in a warehouse says besides: `create model` alone is a message to people, too."""
_R_LEARNS = r"(?:library|require)\(\s*[\"']?(?:tidymodels|parsnip|caret|randomForest|ranger|xgboost|lightgbm|glmnet|prophet|forecast|fable|vetiver|mlr3\w*|h2o|keras3?|rpart|gbm|e1071|recommenderlab|bonsai|modeltime)\b|\b(?:parsnip|caret|ranger|randomForest|xgboost|lightgbm|glmnet|prophet|vetiver|mlr3|h2o)::"
_OF_A_MODEL = r"(?:(?<!cons)(?<!res)train|scor(?:e|ing)|predict|infer|forecast|batch)"
"""What the name of a rule says that starts a model's run."""
_SMALL_TALK = r"(?![^\s\"'`/]{0,100}(?:embed|rerank|mmproj|minilm|whisper))(?=[^\s\"'`/]{0,60}(?:llama|qwen|gemma|mistral|mixtral|phi-?\d|smollm|deepseek|instruct|vicuna|falcon|granite))"
"""What the name of a file of weights says where a language model is in it, and no model for searches, pictures or sounds."""
_PREDICTORS = "PredictorCommand|create_predictor(|create_auto_predictor(|create_solution_version|SolutionVersionCommand|get_event_prediction|detect_custom_labels|GetRecommendationsCommand"
"""What Amazon Forecast, Personalize, Fraud Detector and Rekognition are asked."""
_CODE = (
    # a language model is asked, or answered for, over its interface
    _row("llm", "it speaks the interface of language models", "/completions|chat/completions|/v1/messages|:generateContent|:streamGenerateContent|/api/generate|/v1/responses", r"[\"'`/}]v\d(?:beta)?/(?:(?:chat/)?completions|(?<!api/v1/)messages|responses)\b(?!\.\w)|[\"'`/}]chat/completions\b|:(?:streamG|g)enerateContent\b|(?<!fetch\()(?<!includes\()(?<!startsWith\()(?<!api: )[\"'`}]/?api/generate[\"'`]"),
    _row("llm", "it speaks with a language model over a lasting connection", "/v1/realtime?", r"[\"'`}]?wss?://[^\"'`\s]{1,120}/v1/realtime\?|/v1/realtime\?(?:[^\"'`\s]{1,80}&)?model="),
    _row("llm", "it speaks with a language model over a lasting connection", "RealtimeClient|OpenAIRealtime|RealtimeSession|RTClient", r"\bnew (?:RealtimeClient|OpenAIRealtimeW(?:S|ebSocket)|RealtimeSession|RTClient)\(", r"[\"'](?:@openai/realtime-api-beta|@openai/agents(?:[/-]realtime)?|openai/(?:beta/)?realtime/\w+|rt-client)[\"']"),
    _row("llm", "it opens a conversation that a provider's own page sets up", "chatkit|elevenlabs", _ON_A_PAGE),
    _row("agent", "an agent that is set up on a provider's own page answers", "chatkit|elevenlabs", _ON_A_PAGE),
    _row("llm", "it takes a language model's answer from its interface", "choices", r"choices(?<=\bchoices)[\"']?\]?\s*(?:\?\.)?\s*\[0\]\s*(?:\?\.|\.)?\s*\[?[\"']?message\b", _SAYS_ROLE, _ASKS_OVER_HTTP),
    _row("llm", "it sends a conversation for a language model to answer", "messages", r"\\?\"messages\\?\"(?:\s|\\n)*:(?:\s|\\n)*\[(?:\s|\\n)*\{(?:\s|\\n)*\\?\"role\\?\"(?:\s|\\n)*:(?:\s|\\n)*\\?\"(?:user|system|developer)\b", _CLIENTS_OF_HTTP, _TYPED),
    _row("llm", "Bedrock Data Automation reads documents", "bedrock-data-automation|invoke_data_automation|InvokeDataAutomation", r"[\"']bedrock-data-automation(?:-runtime)?[\"']|\binvoke_data_automation\w*\(|\bInvokeDataAutomation\w*Command\("),
    _row("llm", "a database asks a language model", "AWS_BEDROCK_INVOKE_MODEL|aws_bedrock.invoke_model|CORTEX.COMPLETE|cortex.complete|GENERATE_TEXT|AI.GENERATE|AI_COMPLETE|_chat_complete|_generate(|ai_query(", r"(?i)\bALIAS\s+AWS_BEDROCK_INVOKE_MODEL\b|\baws_bedrock\.invoke_model\(|\bcortex\.(?:ai_)?complete\(|(?<![.\w])AI_COMPLETE\(|\bML\.GENERATE_TEXT\s*\(|\bAI\.GENERATE(?:_TEXT|_TABLE)?\s*\(|\b(?:ai\.|select\s+)(?:openai_chat_complete|anthropic_generate|cohere_chat_complete|ollama_(?:generate|chat_complete)|litellm_chat_complete)\w*\(|\bai_query\(|\bdbms_vector_chain\.utl_to_generate_text\("),
    _row("embeds", EMBEDDED_IN_A_DATABASE, "GENERATE_EMBEDDING|generate_embeddings|external_rest_endpoint|EMBED_TEXT|create_embeddings|get_embeddings|_embed(|pgml.embed|create_vectorizer|google_ml.embedding|utl_to_embedding|AI_EMBED", r"(?i)\bML\.GENERATE_(?:TEXT_)?EMBEDDING\s*\(|\bcortex\.embed_text_\d+\(|\bazure_openai\.create_embeddings\(|\baws_bedrock\.invoke_model_get_embeddings\(|\b(?:ai\.|select\s+)(?:openai|ollama|cohere|voyageai|litellm)_embed\(|\bpgml\.embed\(|\bai\.create_vectorizer\(|\bgoogle_ml\.embedding\(|\bdbms_vector_chain\.utl_to_embeddings?\(|(?<![.\w])ai_embed\(|\bAI_GENERATE_EMBEDDINGS\s*\(|\bsp_invoke_external_rest_endpoint\b(?=[^;]{0,1500}embedding)"),
    _row("llm", "it may ask models of the cloud", "bedrock:InvokeModel", r"bedrock:InvokeModel", weight=1),
    _row("llm", "Pathway asks a language model", "pathway.xpacks.llm", r"^[ \t]*from\s+pathway\.xpacks\.llm(?:\.(?:llms|question_answering))?\s+import\s+"),
    _row("retrieval", "Pathway keeps an index", "pathway.xpacks.llm|pathway.stdlib.indexing", r"^[ \t]*from\s+pathway\.(?:xpacks\.llm\.(?:document_store|vector_store|question_answering|servers)|stdlib\.indexing)\s+import\s+"),
    _row("learned", "a service of the cloud predicts", _PREDICTORS, r"\bCreate(?:Auto)?PredictorCommand\(|\bcreate_(?:auto_)?predictor\(|\bcreate_solution_version\(|\bCreateSolutionVersionCommand\(|\bget_event_prediction\(|\bdetect_custom_labels\(|\bGetRecommendationsCommand\("),
    _row("training", "a service of the cloud trains a model", _PREDICTORS, r"\bCreate(?:Auto)?PredictorCommand\(|\bcreate_(?:auto_)?predictor\(|\bcreate_solution_version\(|\bCreateSolutionVersionCommand\("),
    _row("training", "a model of the cloud is fine-tuned", "model_customization_job|ModelCustomizationJob|fine_tuning.jobs|fineTuning.jobs", r"\bcreate_model_customization_job\(|\bCreateModelCustomizationJobCommand\(|\bfine_?[tT]uning\.jobs\.create\("),
    _row("llm", "it names a service for language models", "LLMService|llms import|.llm import|.llms.", r"^[ \t]*from\s+pipecat\.services\.[\w.]+\s+import\s+[^\n]{0,200}LLMService|^[ \t]*from\s+[\w.]+\.llms?(?:\.\w+)?\s+import\s", weight=1),
    _row("llm", "a language model answers in a voice bot", "LLMService", r"\b(?!Fake|Mock|Stub|Dummy)\w{1,40}LLMService\(", r"\bpipecat\b"),
    # a model picks a call, the program makes it, and what came back is sent to the model
    _row("answers", "what a tool gave is sent back to the model", "tool_call_id|toolCallId", r"role[\"']?\s*[:=]\s*[\"']tool[\"']", _PARSES),
    _row("answers", "what a tool gave is sent back to the model", "function_call_output", r"type[\"']?\s*[:=]\s*[\"']function_call_output[\"']", _PARSES),
    _row("answers", "what a function gave is sent back to the model", "\"function\"|'function'", r"role[\"']?\s*[:=]\s*[\"']function[\"']", _PARSES),
    _row("answers", "what a function gave is sent back to the model", "onFunctionCall", r"\b(?:experimental_)?onFunctionCall\b", r"\bcreateFunctionCallMessages\b"),
    _row("tools", "functions are handed to a model", "function_call", r"\bfunctions\s*[:=]\s*(?!None\b|null\b|undefined\b|any\b|string\b|Function)[\w\[]", r"function_call\b[\"']?\s*(?:\)|\]|,|\?*\.)[\s\S]{0,300}?(?:[\"']name[\"']|\.name\b)", r"\A(?![\s\S]*function_call[\"']?\s*[:=]\s*\{)"),
    _row("answers", "what a tool gave is sent back to the model", "tool_use_id", r"tool_use_id[\"']?\s*[:=]", r"tool_result"),
    _row("answers", "what a tool gave is sent back to the model", "toolResult", r"[\"']?toolResult[\"']?\s*:\s*\{", r"toolUseId"),
    _row("answers", "what a tool gave is sent back to the model", "submit_tool_outputs|submitToolOutputs|SubmitToolOutputs", r"\.(?:submit_tool_outputs|submitToolOutputs|SubmitToolOutputs)\w*\("),
    _row("answers", "what a tool gave is sent back to the model", "ChatMessageRoleTool|openai.ToolMessage(|ToolExecutionResultMessage", r"Role:\s*openai\.ChatMessageRoleTool|openai\.ToolMessage\(|ToolExecutionResultMessage\.from\("),
    _row("agent", "a model works a computer", "computer_use_preview|computer_call_output|computer_20|ComputerTool", r"[\"']computer_(?:use_preview|call_output|20\d{6})[\"']|\bComputerTool\("),
    _row("agent", "an agent of the cloud is asked", "invoke_agent|invoke_inline_agent|InvokeAgent|InvokeInlineAgent", r"\.invoke_(?:inline_)?agent(?:_runtime)?\(|\bInvoke(?:Inline)?Agent(?:Runtime)?Command\("),
    _row("tools", "tools are described to a model", "tools", r"\btools[\"']?\s*(?::\s*[\w.<>\[\], |]{1,60}?\s*=|[:=])\s*\[\s*\{\s*[\"']?(?:type|name|function|functionDeclarations|function_declarations|toolSpec)\b(?![\"']?\s*:\s*[\"'](?:file_search|retrieval)\b)", _LEFT_TO_IT),
    # tools that models of others call
    _row("offers", "a server of tools for models", "FastMCP|mcp.server", r"^[ \t]*(?:from|import)\s+(?:fastmcp|mcp\.server)\b|\bFastMCP\("),
    _row("offers", "a server of tools for models", "@modelcontextprotocol/sdk/server|@modelcontextprotocol/server|mcp-handler|fastmcp|workers-mcp|agents/mcp", r"from\s+[\"'](?:@modelcontextprotocol/(?:sdk/)?server(?:/\w+)*(?:\.js)?|mcp-handler|fastmcp|workers-mcp|agents/mcp)[\"']"),
    _row("offers", "a server of tools for models", "MCPServer|mcp.NewServer|AddMcpServer|McpServer|rmcp", r"\bNewMCPServer\(|\bmcp\.NewServer\(|\.AddMcpServer\(|\bMcpServer\.(?:sync|async)\(|^use rmcp::"),
    _row("offers", "a server of tools for models", "modelcontextprotocol/go-sdk|mcp-go/server", r"\bmcp\.Tool\{|\bmcp\.AddTool\(|\bserver\.NewMCPServer\("),
    _row("offers", "a server of tools for models", "McpTool", r"^[ \t]*@McpTool\b"),
    _row("offers", "a server of tools for models", "mcp-adapter", r"from\s+[\"']@vercel/mcp-adapter[\"']"),
    _row("tools", "tools are described to a model", "ToolDefinition(", r"\b(?:ChatCompletionsToolDefinition|FunctionToolDefinition)\(\s*[\w\n]", _LEFT_TO_IT),
    _row("offers", "functions are tools for models", "mcp_tool|McpToolTrigger|mcpTool", r"^[ \t]*@\w+\.mcp_tool(?:_trigger)?\(|\[McpToolTrigger\(|\bapp\.mcpTool\("),
    _row("agent", "an agent of a project is made or asked", ".agents.", r"\.agents\.(?:create|get|list|update|threads|messages|runs)\w*[.(]", r"\bazure\.ai\.(?:projects|agents)\b|@azure/ai-(?:projects|agents)|\bAzure\.AI\.(?:Projects|Agents)\b"),
    _row("tools", "tools are handed to a model", "toolCallbacks(|ToolCallbacks(", r"\.(?:default)?[tT]oolCallbacks\(\s*\w", r"^import org\.springframework\.ai\.chat\.client\."),
    _row("llm", "Spring AI's client of a language model", "ChatClient", r"\bChatClient(?:\.Builder)? \w+\b", r"^import org\.springframework\.ai\.chat\.client\."),
    _row("reads tables", "Supabase", ".table(|.from_(", r"\.(?:table|from_)\(\s*[\"'][\w.]+[\"']\s*\)[\s\\]*\.(?:select|insert|upsert|update|delete)\(", weight=1),
    _row("embeds for others", "it answers for others who ask for vectors", "/embeddings", r"\.(?:post|route|api_route|add_route|add_api_route|add_url_rule|POST|Post|HandleFunc|MapPost)\(\s*[\"'](?:POST )?(?:/api)?/v\d/embeddings"),
    _row("embeds", "it asks for vectors over an interface", "/embeddings", r"[\"'`/}]v\d/embeddings[\"'`]|[\"'`}]/embeddings[\"'`]|/deployments/[^\s\"'`/]{1,80}/embeddings\b", weight=2),
    _row("embeds", "it takes vectors from an interface", "embedding", r"data(?<=\bdata)[\"']?\]?\s*(?:\?\.)?\s*\[0\]\s*(?:\?\.|\.)?\s*\[?[\"']?embedding\b", _ASKS_OVER_HTTP, weight=2),
    _row("retrieval", "an index returns what is near", "redisvl|find_neighbors|similarity_search|vector_search|knn_search|hybrid_search|get_nns_by_|$vectorSearch", r"^[ \t]*from\s+redisvl\.(?:query|index)\b|\.(?:find_neighbors|similarity_search\w*|vector_search|knn_search|hybrid_search|get_nns_by_\w+)\(|[\"']\$vectorSearch[\"']"),
    _row("retrieval", "a server of documents searches a collection", "/documents/search", r"/collections/[^\s\"'`]{1,80}/documents/search\b"),
    _row("retrieval", "words are searched in a database", "fts5|FTS5|_tsquery(", r"(?i)\busing\s+fts5\b|\b(?:(?:plain|phrase|websearch_)?to_tsquery)\(", weight=1),
    _row("searches", "an index is asked", "search(", r"(?<!\bre)\.(?:a?search|msearch|search_template|knn_search)\(", r"\b(?:index|body|query|knn|indices)\s*=", weight=1),
    _row("keeps a log", "entries are put into an index one by one", "index", r"\.(?:create|index)\(\s*index\s*=", r"(?i)elastic|opensearch", weight=1),
    # what is said of a model, whatever is said
    _row("a revision is given", "weights are taken at one revision", "revision", r"\brevision[\"']?\s*[:=]\s*(?!None\b|null\b|str\b|string\b)[\w\"'.]", r"from_pretrained|snapshot_download|SentenceTransformer|\btransformers\b|vllm", weight=1),
    _row("a width is given", "a number of dimensions is asked for", "imension|truncate_dim", r"\b(?:dimensions|output_?[dD]imension(?:ality)?|truncate_dim)[\"']?\s*[:=]\s*(?!None\b|null\b|undefined\b|int\b(?!\()|number\b|Optional\b|[\[{])[\w\"'(]", r"(?i)embed", weight=1),
    # what learns
    _row("training", "a network of TFX is trained", "tfx", r"\bTrainer\(", r"^[ \t]*(?:from|import)\s+tfx\b"),
    _row("training", "a model of Spark is trained", "org.apache.spark.ml", r"\.fit\("),
    _row("learned", "models find the layout of pages", "unstructured_inference", r"^[ \t]*(?:from|import)\s+unstructured_inference\b"),
    _row("learned", "a model of Spark", "org.apache.spark.ml", r"import org\.apache\.spark\.ml\.(?:classification|regression|recommendation|clustering)"),
    _row("training", "ML.NET trains a model", "Microsoft.ML", r"\.Fit\("),
    _row("training", "a training job is started", "TrainingStep(|TuningStep(|TrainingJobOp|CustomTrainingJobRunOp|createTrainingJob|CreateTrainingJob|HyperparameterTuningJob(", r"\b(?:TrainingStep|TuningStep)\(|\b\w{0,40}TrainingJob(?:Run)?Op\(|\bcreateTrainingJob\b|(?<!sagemaker:)\bCreateTrainingJob\b|\bHyperparameterTuningJob\("),
    _row("learned", "BigQuery trains a model", "CREATE MODEL|CREATE OR REPLACE MODEL|create model|create or replace model", _CREATES_MODEL, _WITH_OPTIONS),
    _row("learned", "BigQuery scores with a model", "ML.PREDICT|ML.FORECAST|ML.RECOMMEND", r"(?i)\bML\.(?:PREDICT|FORECAST|RECOMMEND)\s*\("),
    _row("training", "BigQuery trains a model", "CREATE MODEL|CREATE OR REPLACE MODEL|create model|create or replace model", _CREATES_MODEL, _WITH_OPTIONS),
    _row("learned", "a network is made in JavaScript", "@tensorflow/tfjs", r"\btf\.(?:sequential|model|loadLayersModel)\("),
    _row("training", "a network is trained in JavaScript", "@tensorflow/tfjs", r"\.fit(?:Dataset)?\("),
    _row("learned", "a class of its own learns and predicts", "def fit(", r"^[ \t]+(?:async )?def fit\(\s*self", r"^[ \t]+(?:async )?def predict\w*\(\s*self", weight=2),
    _row("training", "a class of its own learns", "def fit(", r"^[ \t]+(?:async )?def fit\(\s*self", r"^[ \t]+(?:async )?def predict\w*\(\s*self", weight=2),
    _row("llm", "an endpoint of SageMaker writes text", "invoke_endpoint|InvokeEndpoint|invokeEndpoint", r"\.(?:invoke_endpoint|invokeEndpoint)\w*\(|\bInvokeEndpoint\w*(?:Command|Request)\b", r"max_?[nN]ew_?[tT]okens|[\"']max_tokens[\"']|\bgenerated_text\b|[\"']return_full_text[\"']"),
    _row("learned", "an endpoint of SageMaker scores rows", "invoke_endpoint|InvokeEndpoint|invokeEndpoint", r"\.(?:invoke_endpoint|invokeEndpoint)\(|\bInvokeEndpoint(?:Command|Request)\b", r"(?i)text/csv|libsvm|xgboost|sklearn|fraud|churn|probabilit|anomal", r"\A(?![\s\S]*(?:[wW]hisper|audio/|[tT]ranscript))"),
    _row("learned", "a batch transform of SageMaker scores rows", "create_transform_job|createTransformJob|CreateTransformJob", r"\.create_transform_job\(|\.createTransformJob\(|\bCreateTransformJobCommand\("),
    _row("batched", "a model of Spark scores the rows of a table", "spark.load_model|PipelineModel.load", r"\bmlflow\.spark\.load_model\(|\b(?:\w*PipelineModel|CrossValidatorModel)\.load\(", r"\.transform\(", r"\A(?![\s\S]*@(?:app|router)\.)"),
    _row("learned", "a server of models is asked what it sees", "tritonclient", r"\bModelInferRequest\(|\bInferInput\(", r"(?i)classif|detect(?:ion|or)|bounding|\bnms\b|softmax|segment|pixel_values|preprocess\w*image", r"\A(?![\s\S]*(?i:max_?tokens|\bllm\b|\bprompt))"),
    _row("learned", "a server of models is asked what it sees", "ovmsclient", r"\bmake_(?:grpc|http)_client\(", r"(?i)classif|detect(?:ion|or)|bounding|\bnms\b|softmax|segment|preprocess\w*image", r"\A(?![\s\S]*(?i:max_?tokens|\bllm\b|\bprompt))"),
    _row("senses", "a service of the cloud reads pages", "textract|begin_analyze_document|BeginAnalyzeDocument|process_document|AnalyzeDocument", r"(?i)\b(?:start_?document_?(?:analysis|text_?detection)|analyze_?document|detect_?document_?text|analyze_?expense)(?:Command)?\(|\bbegin_?analyze_?document(?:_from_url)?(?:async)?\(", r"(?i)textract|documentintelligence|formrecognizer|DocumentAnalysis"),
    _row("senses", "Document AI reads pages", "rocess_document|rocessDocument", r"(?i)\.(?:batch_?)?process_?documents?\(", r"(?i)\bdocument[-_.]?ai(?:_v\w+)?\b"),
    _row("senses", "an endpoint of Vertex AI predicts", "PredictionServiceClient", r"\bPredictionServiceClient\(", r"aiplatform", r"\A(?![\s\S]*(?i:embed|bison|gemini|gecko|imagen|\bprompts?\b))"),
    _row("senses", "a service of the cloud hears what is said", "SpeechClient|SpeechAsyncClient", r"\b(?:Speech(?:Async)?Client)(?:\.[Cc]reate)?\(", r"google\.cloud(?:\.| import )speech|@google-cloud/speech|Google\.Cloud\.Speech"),
    _row("senses", "a server makes pictures", "sdapi/v1|comfyui|ComfyUI|sdwebui|stable-diffusion-webui", r"\bsdapi/v1/(?:txt2img|img2img)|(?i:\bcomfyui\b)|\bsdwebui\b|stable-diffusion-webui"),
    _row("agent", "a loop of thoughts and tools", "ReActAgent(|ReactAgent(", r"\b(?:new |create)?Re[Aa]ctAgent\("),
    _row("serves", "it answers requests", "RestController|RouterFunction|WebApplication.CreateBuilder|ApiController|ListenAndServe|gin.|echo.New|fiber.New|NewRouter|NewServeMux|express(|fastify(|Hono(|NextResponse|async function POST|async function GET|createServer(|axum::|actix_web", r"^[ \t]*@RestController\b|\bRouterFunction<|\bWebApplication\.CreateBuilder\(|\[ApiController\]|\.ListenAndServe(?:TLS)?\(|\bgin\.(?:Default|New)\(|\becho\.New\(|\bfiber\.New\(|\b(?:chi|mux)\.NewRouter\(|\bhttp\.NewServeMux\(|=\s*(?:express|[fF]astify)\(|\bnew Hono\b|\bNextResponse\b|^export async function (?:POST|GET)\(|\bcreateServer\(|\baxum::(?:Router|serve)|\bactix_web::"),
    _row("training", "a network of Ultralytics is trained", ".train(", r"\.train\(\s*[^)\s]", r"^[ \t]*(?:from|import)\s+ultralytics\b"),
    _row("batched", "a cluster for jobs runs it", "azure.mgmt.batchai|azure.batch|batch_v1", r"^[ \t]*(?:from|import)\s+(?:azure\.(?:mgmt\.)?batch(?:ai)?|google\.cloud(?:\.batch_v1|\s+import\s+batch_v1))\b"),
    # Rust, Ruby and PHP
    _row("llm", "a library of Ruby asks a language model", "OpenAI::Client|RubyLLM|Langchain::|Anthropic::Client|RCrewAI::", r"\bOpenAI::Client\.new\b|\bRubyLLM\.(?:chat|agent|paint)\b|\bLangchain::(?:LLM|Assistant)\b|\bAnthropic::Client\.new\b|\bRCrewAI::(?:Agent|Crew)\.new\b"),
    _row("agent", "an agent of a library of Ruby", "RCrewAI::|Langchain::Assistant|RubyLLM::", r"\bRCrewAI::(?:Agent|Crew)\.new\b|\bLangchain::Assistant\.new\b|<\s*RubyLLM::(?:Agent|Tool)\b"),
    _row("tools", "a model is given a tool", "rig::", r"^[ \t]*\.(?:dynamic_)?tools?\(|\.(?:agent|completion_model)\([^\n;]{0,300}\.(?:dynamic_)?tools?\("),
    _row("llm", "a library of Rust asks a language model", "rig::|async_openai|ollama_rs|genai::|anthropic_sdk|aws_sdk_bedrockruntime|langchain_rust|llm_chain", r"^use (?:rig::(?:agent|completion|providers|streaming)|async_openai|ollama_rs|genai|aws_sdk_bedrockruntime|langchain_rust|llm_chain)\b"),
    _row("retrieval", "an index of passages is searched", "dynamic_context(|vector_store::|VectorStoreIndex", r"\.dynamic_context\(|^use rig(?:_\w+)?::vector_store\b|\bVectorStoreIndex\b"),
    _row("llm", "a library of PHP asks a language model", "OpenAI::|Prism::|Prism\\|use LLPhant|use NeuronAI|use Anthropic|use Gemini|use OpenAI|Laravel\\Ai|Symfony\\AI", r"\bOpenAI::(?:client|factory|chat|responses|completions)\(|\bPrism::(?:text|structured|stream)\(|^use (?:Prism\\Prism|EchoLabs\\Prism|LLPhant\\Chat|NeuronAI|Laravel\\Ai|Symfony\\AI|Anthropic|Gemini\\Laravel|Gemini\\Data|OpenAI)\b"),
    _row("embeds", "a library of PHP embeds texts", "->embeddings()|::embeddings(|LLPhant\\Embeddings|NeuronAI\\RAG", r"->embeddings\(\)\s*->create\(|\bPrism::embeddings\(|\bOpenAI::embeddings\(|^use (?:LLPhant\\Embeddings|NeuronAI\\RAG)\b"),
    _row("retrieval", "a library of PHP searches by meaning", "similaritySearch|NeuronAI\\RAG|QuestionAnswering|nearestNeighbors", r"->similaritySearch\(|^use (?:NeuronAI\\RAG\\RAG|LLPhant\\Query\\SemanticSearch)\b|->nearestNeighbors\("),
    _row("agent", "an agent of a library of PHP", "NeuronAI|Laravel\\Ai|Symfony\\AI|Vizra", r"\bextends (?:\\?NeuronAI\\)?Agent\b|^use Laravel\\Ai\\(?:Contracts\\Agent|Promptable)\b|\bextends BaseLlmAgent\b"),
    _row("tools", "tools are handed to a model", "Tool::as(|withTools(", r"\bTool::as\(|->withTools\("),
    # the JVM, R, Julia and C++
    _row("learned", "a library of the JVM scores", "hex.genmodel|deeplearning4j|org.tensorflow.|org.jpmml|dmlc.xgboost4j|smile.|weka.|org.tribuo|mleap", r"^import\s+(?:static\s+)?(?:hex\.genmodel|org\.deeplearning4j|org\.tensorflow\.(?:Graph|Session|SavedModelBundle)|org\.jpmml|ml\.dmlc\.xgboost4j|smile\.(?:classification|regression|clustering)|weka\.(?:classifiers|clusterers)|org\.tribuo|ml\.combust\.mleap)\b"),
    _row("training", "a library of the JVM trains", "deeplearning4j|dmlc.xgboost4j|smile.|weka.|org.tribuo", r"\b\w*(?:[mM]odel|[nN]et|[nN]etwork|[gG]raph)\.fit\(|\bXGBoost\.train\(|\.buildClassifier\(|\b\w*[tT]rainer\.train\(", r"^import\s+(?:org\.deeplearning4j|ml\.dmlc\.xgboost4j|weka\.|org\.tribuo)"),
    _row("learned", "a library of R learns", "library(|require(|::", _R_LEARNS),
    _row("training", "a library of R trains", "library(|require(|::", r"\b(?:fit|last_fit|fit_resamples|tune_grid|train|randomForest|ranger|xgboost|xgb\.train|lgb\.train|glmnet|cv\.glmnet|prophet|auto\.arima|rpart|gbm|svm|h2o\.(?:gbm|automl|randomForest|deeplearning))\s*\(", _R_LEARNS),
    _row("llm", "a library of R asks a language model", "ellmer|library(openai|library(chatLLM|tidyllm|chat_openai(|chat_anthropic(|chat_claude(|chat_google_gemini(|chat_ollama(|chat_aws_bedrock(|chat_azure_openai(|chat_groq(|chat_mistral(", r"\bellmer::|library\((?:ellmer|tidyllm|openai|chatLLM)\)|\bchat_(?:openai|anthropic|claude|google_gemini|ollama|aws_bedrock|azure_openai|groq|mistral)\("),
    _row("retrieval", "a library of R searches by meaning", "ragnar", r"\bragnar_retrieve\w*\(|\bragnar_store_connect\("),
    _row("learned", "a library of Julia learns", "MLJ|Flux|Lux|XGBoost|LightGBM|DecisionTree|EvoTrees|ScikitLearn|GLM", r"^[ \t]*using\s+(?:[\w, ]+,\s*)?(?:MLJ|Flux|Lux|XGBoost|LightGBM|DecisionTree|EvoTrees|ScikitLearn|MLJModels|GLM)\b"),
    _row("training", "a library of Julia trains", "fit!(|train!(|train_forest(|xgboost(", r"\b(?:fit!|train!|Flux\.train!|train_forest|xgboost)\(", r"^[ \t]*using\s+(?:[\w, ]+,\s*)?(?:MLJ|Flux|Lux|XGBoost|LightGBM|DecisionTree|EvoTrees|ScikitLearn|GLM)\b"),
    _row("llm", "a model of its own for chains of LangChain", "BaseChatModel|SimpleChatModel|BaseLLM", r"\bclass\s+\w+\s+extends\s+(?:BaseChatModel|SimpleChatModel|BaseLLM)\b|^class\s+\w+\(\s*(?:\w+,\s*)?(?:BaseChatModel|SimpleChatModel|BaseLLM)\b", r"langchain"),
    _row("llm", "the file of a language model is loaded", ".gguf", rf"(?i)[/\"'`]{_SMALL_TALK}[^\s\"'`/]{{0,80}}\.gguf[\"'`?]", weight=2),
    _row("llm", "llama.cpp answers", "llama.h|llama-cpp.h", r"^[ \t]*#include\s+[\"<](?:llama(?:-cpp)?\.h)[\">]"),
    _row("senses", "a model is loaded in C++", "onnxruntime|torch/script.h|tensorflow/lite|opencv2/dnn|NvInfer.h|whisper.h|ncnn|openvino", r"^[ \t]*#include\s+[\"<](?:[\w/]*onnxruntime_c(?:xx)?_api\.h|torch/script\.h|tensorflow/lite/[\w/]+\.h|opencv2/dnn(?:/dnn)?\.hpp|NvInfer\.h|whisper\.h|(?:ncnn/)?net\.h|openvino/openvino\.hpp)[\">]"),
    # models that see, hear and sort
    _row("senses", "a model of pictures, sound or classes is loaded", ".from_pretrained(", r"\b(?:(?:CLIP|Siglip|AltCLIP|ViT|Vit|Swin|Beit|Dinov2|Segformer|Mask2Former|Detr|Yolos|DPT|Sam|Wav2Vec2|Hubert|Whisper|SpeechT5|Vits|Bark|Musicgen|Seamless|Blip|TrOCR|VisionEncoderDecoder|LayoutLM|Donut|TableTransformer|GroundingDino|OwlViT)\w*|AutoModelFor(?!CausalLM|Seq2SeqLM|MaskedLM)\w+|\w+For(?:SequenceClassification|TokenClassification|ImageClassification|ObjectDetection|AudioClassification|SemanticSegmentation|CTC|SpeechSeq2Seq))(?<!Processor)(?<!Tokenizer)(?<!TokenizerFast)(?<!Config)(?<!Extractor)\.from_pretrained\("),
    _row("senses", "a model that makes pictures is loaded", "Pipeline.from_pretrained(|AutoPipelineFor", r"\b\w{0,40}(?:Diffusion\w{0,40}|Flux|SD3\w*|Sana\w{0,20}|PixArt\w{0,20}|Kandinsky\w{0,20}|Kolors|QwenImage|ZImage|Hunyuan\w{0,20}|CogVideoX\w{0,20}|LTX\w{0,20}|Wan(?=Pipeline)|AutoPipelineFor\w+|ControlNet\w*)(?:Pipeline)?\.from_pretrained\("),
    _row("senses", "a model of a hub is loaded", "torch.hub.load", r"\btorch\.hub\.load\("),
    _row("senses", "a network of torch answers", "torch.inference_mode|torch.no_grad", r"@torch\.(?:inference_mode|no_grad)\(\)|\bwith torch\.(?:inference_mode|no_grad)\(\)", r"\b(?:self\.)?(?:\w{1,30}_)?(?:model|net|network)\(", r"\A(?![\s\S]*(?:\.backward\(|\.generate\())"),
    _row("senses", "a pipeline of language is loaded", "spacy.load", r"\bspacy\.load\("),
    _row("senses", "a model is loaded", "saved_model.load|jit.load|loadLayersModel|loadGraphModel|InferenceSession|OrtSession|ai.djl|onnxruntime_go|tch::|NewSession", r"\b(?:tf|tensorflow)\.saved_model\.load\(|\btorch\.jit\.load\(|\b(?:tf|tfl?ite)\.load(?:Layers|Graph)Model\(|\bInferenceSession\.create\(|\bnew InferenceSession\(|\bOrtSession\b|import ai\.djl\.|\bonnxruntime_go\b|\btch::CModule\b"),
    # services of a cloud that learn and score by themselves
    _row("training", "Amazon Personalize trains a model", "CreateSolutionVersion|create_solution_version", r"[\"']personalize:CreateSolutionVersion[\"']|\.create_solution_version\(|\bCreateSolutionVersionCommand\("),
    _row("batched", "Amazon Personalize scores many rows", "BatchInferenceJob|BatchSegmentJob|batch_inference_job|batch_segment_job", r"[\"']personalize:CreateBatch(?:Inference|Segment)Job[\"']|\.create_batch_(?:inference|segment)_job\("),
    _row("traced", "AWS X-Ray", "Tracing.ACTIVE", r"\btracing\b[\"'\]]{0,2}\s*[=:]\s*(?:\w+\.){0,3}Tracing\.ACTIVE\b"),
    _row("traced", "MLflow", ".autolog(", r"^[ \t]*mlflow\.(?:langchain|openai|anthropic|llama_index|dspy|autogen|crewai|gemini|bedrock|litellm|mistral|groq|ollama|pydantic_ai|smolagents|strands|semantic_kernel|ag2|agno|haystack|gemini)\.autolog\((?![^)\n]*(?:disable\s*=\s*True|log_traces\s*=\s*False))", r"^[ \t]*import mlflow\b"),
    # what runs without anybody waiting
    _row("scheduled", "a schedule starts it", "cron|schedule|CRON|SCHEDULE", r"(?i)(?:train|forecast|predict|scor|model|batch|infer)\w{0,40}(?:cron|schedule)\w{0,40}[\"']?\s*(?:,|=|:)\s*[\"'][\d*/,\- ]{9,}[\"']"),
    _row("scheduled", "a schedule in the program starts it", "Scheduler(|cron.schedule(|@Scheduled|CronJob(|add_job(", r"\b(?:Background|AsyncIO|Blocking)Scheduler\(|\bcron\.schedule\(|@Scheduled\(|\bnew CronJob\(", r"(?i)re_?train|train_?model|forecast|run_?(?:prediction|scoring)|batch_?(?:predict|scor|infer)"),
    _row("scheduled", "a schedule of Celery starts it", "beat_schedule|BEAT_SCHEDULE|add_periodic_task(", r"(?i)\b(?:celery_)?beat_schedule\b[\"']?[ \t]*(?::[^=\n]{1,60})?[=:]|\badd_periodic_task\(", rf"(?i)[\"']task[\"'][ \t]*:[ \t]*[\"'][\w.-]*{_OF_A_MODEL}|\badd_periodic_task\([^;]{{0,200}}?\b(?:\w+_)?(?:re_?)?{_OF_A_MODEL}\w*\.(?:s|si|signature)\("),
    _row("scheduled", "a schedule in the program starts it", "schedule.every(|cron_jobs", r"\bschedule\.every\([^\n]*\.do\([ \t]*(?:lambda:[ \t]*)?[\w.]*(?:train|score|predict|forecast)|\bcron_jobs[ \t]*[:=][^\]]{0,400}\bcron\([ \t]*[\"']?[\w.]*(?:train|score|predict|forecast)"),
    _row("scheduled", "a scheduler of a program of its own starts it", "Scheduler(", r"\b(?:Background|AsyncIO|Blocking)Scheduler\(", r"\bCronTrigger\b|[\"']cron[\"']", r"(?i)nightly|\bdaily_|_daily\b|\bweekly_|_weekly\b", r"\A(?![\s\S]*\b(?:FastAPI|Flask|Starlette|Quart)\()"),
    _row("scheduled", "a schedule of the cloud starts it", "Schedule.cron(|Schedule.rate(|ScheduleExpression.", rf"(?i)\bRule\(\s*(?:this|self)\s*,\s*(?:id\s*=\s*)?[\"'`][^\"'`\n]{{0,80}}{_OF_A_MODEL}[^\"'`\n]{{0,80}}[\"'`](?![^;]{{0,600}}\benabled\s*[:=]\s*[fF]alse)[^;]{{0,400}}?\bSchedule(?:Expression)?\.(?:cron|rate)\("),
    _row("timed", "a schedule of the cloud starts something", "Schedule.cron(|Schedule.rate(|ScheduleExpression.", r"(?<!scaling\.)\bSchedule(?:Expression)?\.(?:cron|rate)\(", r"aws[-_]cdk", r"\bRule\(|\bScheduleExpression\b", weight=2),
    _row("starts a pipeline", "code starts a pipeline of SageMaker", "start_pipeline_execution|StartPipelineExecution", r"\.start_pipeline_execution\([^;]{0,200}?\bPipelineName\b|\bStartPipelineExecutionCommand\([^;]{0,200}?\bPipelineName\b"),
    _row("batched", "a step of a pipeline scores many rows", "ProcessingStep(", r"\bProcessingStep\(", r"\bcode\s*=\s*[^\n]*(?:scor(?:e|ing)|infer\w*|predict\w*)[\w-]*\.py"),
    _row("batched", "a file of rows is scored in one run", "score_batch|batch_score|score_file", r"^[ \t]*def (?:score_batch|batch_score|score_file)\w*\(", r"\.to_(?:parquet|csv)\(|read_(?:parquet|csv)\(", r"\A(?![\s\S]*@(?:app|router)\.)"),
    _row("batched", "a program of one run scores the rows of a file", "batch", r"=[ \t]*(?:await )?[\w.]*(?:batch_?(?:predict|scor|infer)|(?:predict|score|infer)\w*_(?:in_)?batch)\w*\(", r"\bArgumentParser\(|^@(?:click|app|cli)\.command|\bsys\.argv\b", r"read_(?:csv|parquet)\(", r"(?:to|write)_(?:csv|parquet)\(", r"\A(?![\s\S]*(?:@(?:app|router)\.(?:get|post|route)|\.fit\())", weight=2),
    _row("batched", "a program of one run writes what it predicts to a table", "write_|save_|upsert_|insert_|store_", r"^[ \t]+(?:await )?(?:\w+\.)?(?:write|save|upsert|insert|store)_(?:predictions?|forecasts?)(?:_\w+)?\(", r"^(?:async )?def main\(|^@click\.command", r"(?i)engine|connection|session|database|to_sql", r"\A(?![\s\S]*(?:@(?:app|router)\.(?:get|post|route)|\.fit\())"),
    _row("batched", "many rows are scored in one run", "ParallelRun|BatchPrediction|batch_predict|BatchPredict|ransform_job|TransformJob|TransformStep(|spark_udf|BatchEndpoint|BatchDeployment|batch_endpoint", r"\bParallelRun(?:Step|Config)\(|\bBatchPredictionJob\b|\.batch_predict\(|\bBatchPredict\w*Op\b|\bcreate_transform_job\b|\bcreateTransformJob\b|(?<!sagemaker:)\bCreateTransformJob\b|\bTransformStep\(|\bspark_udf\(|\bModelBatchDeployment\(|\bBatchEndpoint\(|\bbatch_endpoints\."),
)  # fmt: skip
_SETTINGS = (
    _row("learned", "a model of Rasa understands what is said", "DIETClassifier|TEDPolicy|MitieIntentClassifier|SklearnIntentClassifier|LogisticRegressionClassifier", r"^[ \t]*-?[ \t]*name:[ \t]*[\"']?(?:DIETClassifier|TEDPolicy|MitieIntentClassifier|SklearnIntentClassifier|LogisticRegressionClassifier)"),
    _row("training", "a model of Rasa is trained", "DIETClassifier|TEDPolicy", r"^[ \t]*-?[ \t]*name:[ \t]*[\"']?(?:DIETClassifier|TEDPolicy)"),
    _row("training", "a stage of DVC trains", "cmd:", r"^[ \t]+(?:train\w*|fit\w*):\s*$|^[ \t]+cmd:\s.*\btrain\w*\.py\b", r"^stages:"),
    _row("batched", "many rows are scored in one run", "batch|ransform", r"batchEndpoint|batchDeployment|\bAWS::SageMaker::TransformJob\b|sagemaker:createTransformJob|\$schema:.*batchDeployment"),
    _row("training", "a training job is started", "createTrainingJob|CreateTrainingJob|TrainingJob", r"sagemaker:createTrainingJob|\bkind:\s*(?:PyTorchJob|TFJob|XGBoostJob|TrainJob|MPIJob)\b"),
    _row("llm", "Pathway asks a language model", "pw.xpacks.llm", r"!pw\.xpacks\.llm\.(?:llms|question_answering)\."),
    _row("retrieval", "Pathway keeps an index", "pw.xpacks.llm|pw.indexing|pw.stdlib.indexing", r"!pw\.(?:xpacks\.llm\.(?:document_store|vector_store|question_answering)|(?:stdlib\.)?indexing)\."),
    _row("agent", "an agent service of the cloud is deployed", "capabilityHostKind", r"capabilityHostKind:\s*[\"']Agents[\"']"),
    _row("agent", "a state machine asks an agent of the cloud", "nvokeAgent", r"(?i)bedrock-?agent-?runtime:invoke(?:Inline)?Agent"),
    _row("llm", "a state machine asks a language model", "nvokeModel", r"states:::(?:aws-sdk:)?bedrock(?:runtime)?:invokeModel|states:::bedrock:invokeModel"),
    _row("scheduled", "a managed Airflow runs it", "google_composer_environment|aws_mwaa_environment", r"\"(?:google_composer_environment|aws_mwaa_environment)\""),
    _row("orchestrated", "a job of Databricks runs it", "notebook_task|spark_python_task|python_wheel_task", r"^[ \t]+(?:notebook_task|spark_python_task|python_wheel_task):"),
)  # fmt: skip
_NOTEBOOKS = (
    _row("training", "a notebook trains a language model", "SFTTrainer(|get_peft_model(|model_customization_job(", r"\bSFTTrainer\(|\bget_peft_model\(|\bcreate_model_customization_job\(", weight=2),
    _row("training", "a notebook trains a language model", "llamafactory-cli|run_sft.py|run_grpo.py|run_dpo.py|axolotl|mlx_lm|swift sft|tune run", r"\bllamafactory-cli train\b|\brun_(?:sft|grpo|dpo)\.py\b|\baxolotl(?:\.cli\.| )train\b|\bmlx_lm\.lora\b[^\n]{0,200}--train\b|\bswift (?:sft|rlhf)\b|\btune run (?:--\S+ ){0,8}(?:lora|full|qat|knowledge)_\w", weight=2),
    _row("training", "a notebook trains a model", ".fit(", r"\b(?:\w{0,40}(?:model|estimator|clf|classifier|regressor|xgb|lgbm?|rf|pipe(?:line)?|trainer|tuner|learner|forecaster|search|grid|linear|learner|predictor)\w{0,40}|als|lr|dt|dtc|rfc|knn|svc|svm|svr|gbm|gbc|gbr|gbt|lgbm?|xgbc|mlp|cnn|lstm|rnn|gru|ann|nn|net|arima|prophet|kmeans)\.fit(?:_one_cycle|_generator)?\(", weight=2),
    _row("training", "a notebook trains a model", ".fit(", r"\b(\w{1,40})\s*=\s*(?:ALS|XGB\w+|LGBM\w+|CatBoost\w+|RandomForest\w*|LogisticRegression|LinearRegression|GradientBoosting\w+|GBT\w+|DecisionTree\w+|SVC|SVR|KNeighbors\w+|Prophet|IsolationForest|MXNet|PyTorch|TensorFlow|SKLearn|HuggingFace|(?:\w+\.)*Estimator)\([\s\S]{0,4000}?\b\1\.fit\(", weight=2),
    _row("training", "a notebook trains a model", ".fit(", r"\b(?:XGB|LGBM|CatBoost|RandomForest|LogisticRegression|GradientBoosting)\w*\((?:[^()]|\([^()]{0,200}\)){0,800}\)\.fit\(", weight=2),
    _row("training", "a notebook trains a model", "lgb.train(|xgb.train(|lightgbm.train(|xgboost.train(", r"\b(?:lgb|xgb|lightgbm|xgboost)\.train\(", weight=2),
    _row("training", "a notebook has a server train a model", "/train", r"\bcurl\b[^\n]{0,160}/train\b(?![/.-])", weight=2),
    _row("training", "a notebook trains a model", "Trainer(|.backward(|create_training_job|TrainingStep(|TuningStep(|HyperparameterTuner(", r"\bTrainer\(|\bloss\.backward\(|\bcreate_training_job\(|\b(?:Training|Tuning)Step\(|\bHyperparameterTuner\(", weight=2),
    _row("batched", "Ray Data asks a language model for many rows", "build_llm_processor(", r"=[ \t]*(?:\w+\.)*build_llm_processor\(", weight=2),
)  # fmt: skip
_TIMERS = (
    _row("scheduled", "a timer of systemd starts it", "OnCalendar", r"^OnCalendar[ \t]*=", r"\A(?![\s\S]*(?i:backup|renew|certbot|clean|rotate|prune|health|updates?\b))", weight=2),
)  # fmt: skip
_BATCHES = re.compile(
    r"(?:^|[/_.-])batch[-_]?(?:scor|infer|predict)\w*|(?:^|[/_.-])(?:scor\w*|infer\w*|predict\w*)[-_]?batch\b|(?:^|/)jobs?/(?:[\w-]+/)*(?:inference|scor\w+|predict\w*)\.py$|(?:^|/)pipelines?/(?:\w+_)?(?:batch_?)?(?:inference|scoring|prediction)(?:_pipeline)?\.py$"
)
"""Paths of jobs that score many rows in one run."""
_TRAINS = re.compile(r"(?:^|/)train(?:ing)?(?:_\w+)?\.py$|(?:^|/)training/(?:[\w-]+/)*\w+\.py$")
TRAIN = Mark("training", "a program of its own is called training", (), re.compile(""), (), 1)
BATCH = Mark("batched", "a job of its own scores many rows", (), re.compile(""), (), 2)
_OF_CODE, _OF_SETTINGS, _OF_NOTEBOOKS, _OF_TIMERS = (
    Marks(rows, PlainWords(word for row in rows for word in row.words))
    for rows in ((*_CODE, *PLATFORMS), (*_SETTINGS, *RECIPES), _NOTEBOOKS, _TIMERS)
)
_CODED = (".py", ".ts", ".tsx", ".mts", ".js", ".jsx", ".svelte", ".vue", ".mjs", ".cjs", ".java", ".kt", ".scala", ".go", ".cs", ".rs", ".sql", ".rb", ".php", ".swift", ".r", ".rmd", ".qmd", ".jl", ".cpp", ".cc", ".cxx", ".hpp", ".h", ".ex", ".exs")  # fmt: skip


def marks_of_code() -> Marks:
    """Return what code is searched for, in whatever file its text stands."""
    return _OF_CODE


def marks_of(path: str) -> Marks | None:
    """Return what a file is searched for, by its path in small letters; None for other files."""
    if path.endswith(_CODED):
        return _OF_CODE
    if path.endswith((".yml", ".yaml", ".json.tpl", ".asl.json", ".template", ".tf", ".bicep")):
        return _OF_SETTINGS
    if path.endswith(".timer"):
        return _OF_TIMERS
    return _OF_NOTEBOOKS if path.endswith(".ipynb") else None


@lru_cache(maxsize=65_536)
def scores_in_batches(path: str) -> bool:
    """Say whether a path in small letters is one of a job that scores many rows in one run."""
    return path.endswith((".py", ".ipynb", ".scala", ".yml", ".yaml")) and bool(_BATCHES.search(path))


def paths_say(path: str) -> tuple[Mark, ...]:
    """Return what a path in small letters shows, whatever the file holds."""
    return tuple(
        mark for mark, fits in ((BATCH, scores_in_batches(path)), (TRAIN, _TRAINS.search(path))) if fits
    )
