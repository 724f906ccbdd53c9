"""Phrases in code and infrastructure -> what is worth knowing and no field of the manifest holds; a new one is one row."""

from __future__ import annotations

import re
from typing import NamedTuple

from poc_gate.text.lazy_pattern import lazily
from poc_gate.text.plain_words import PlainWords


class Phrase(NamedTuple):
    """A kind of remark, and the words that show it."""

    kind: str
    says: str
    """In words; empty where the group `value` of the pattern says it."""
    words: tuple[str, ...]
    """Plain texts of which one must be in the file: looking for them is cheap."""
    pattern: re.Pattern[str]


def _row(kind: str, says: str, words: str, pattern: str) -> Phrase:
    return Phrase(kind, says, tuple(words.split("|")), lazily(pattern, re.MULTILINE))


_CODE = (
    _row("open to all origins", "pages of any origin may call it", "allow_origins|AllowAnyOrigin|Allow-Origin|CrossOrigin|origin: |CORS(|ALL_ORIGINS|allowedOrigins|origins = [", r"allow_origins\s*=\s*(?:\[\s*)?[\"']\*|AllowAnyOrigin\(\)|Access-Control-Allow-Origin[\"']?\]?\s*[:,=]\s*[\"']\*|@CrossOrigin\(\s*(?:origins\s*=\s*)?\{?\s*[\"']\*|@CrossOrigin\s*$|\borigin:\s*[\"']\*[\"']|\bCORS\(\s*\w+\s*\)|Cors\.ALL_ORIGINS|allowedOrigins\(\s*[\"']\*|\borigins\s*=\s*\[\s*[\"']\*[\"']\s*\]"),
    _row("open without sign-in", "requests need no sign-in", "ANONYMOUS|AuthorizationLevel.Anonymous|anonymous|AuthorizationType.NONE|FunctionUrlAuthType.NONE|permitAll", r"AuthLevel\.ANONYMOUS|AuthorizationLevel\.Anonymous|authLevel[\"']?\s*[:=]\s*[\"']anonymous|AuthorizationType\.NONE|FunctionUrlAuthType\.NONE|anyRequest\(\)\s*\.permitAll\(\)"),
    _row("promotion to production", "code puts a model into use", "transition_model_version_stage|set_registered_model_alias|ModelApprovalStatus|model_approval_status|promote_model|approval_status", r"transition_model_version_stage\(|set_registered_model_alias\(|[mM]odel_?[aA]pproval_?[sS]tatus\b|\bpromote_model\w*\("),
    _row("promotion threshold", "", "Condition", r"\bCondition(?:GreaterThan|LessThan)(?:OrEqualTo)?\([^()]*(?:\([^()]*\)[^()]*){0,4}?right\s*=\s*(?P<value>[\w.]+)"),
    _row("promotion threshold", "", "accuracy|auc|f1|recall|precision|rmse|mae|r2", r"^[ \t]*(?:if|elif|assert)\b[^\n]{0,80}?(?P<value>\b(?:\w+_)?(?:accuracy|roc_auc|auc|f1|f1_score|recall|precision|rmse|mae|mape|r2|r2_score)(?:_score)?(?:[\"']\])?\s*(?:>=?|<=?)\s*0?\.\d+)(?=[\s\S]{0,1500}?(?:promot|regist|deploy|transition_|Production|champion|sys\.exit|raise |approv))"),
    _row("classic model", "", "sklearn|xgboost|lightgbm|catboost|prophet|pyspark.ml|statsmodels", r"(?<![\w.\"'])(?:xgb\.|lgb\.|lightgbm\.|xgboost\.|cb\.|ensemble\.|linear_model\.)?(?P<value>XGB(?:Classifier|Regressor|Ranker)|LGBM(?:Classifier|Regressor|Ranker)|CatBoost(?:Classifier|Regressor|Ranker)?|(?:RandomForest|ExtraTrees|(?:Hist)?GradientBoosting|DecisionTree|AdaBoost|KNeighbors|MLP|SGD|GBT|Bagging|Voting|Stacking)(?:Classifier|Regressor)|LogisticRegression|LinearRegression|IsolationForest|Ridge|Lasso|ElasticNet|LinearSVC|SVC|SVR|KMeans|DBSCAN|Prophet|ARIMA|SARIMAX|GaussianNB|MultinomialNB|ALS)\("),
    _row("adapters are trained", "adapters of a base model are trained", "LoraConfig|get_peft_model|SFTTrainer|DPOTrainer", r"\b(?:LoraConfig|get_peft_model|SFTTrainer|DPOTrainer)\("),
    _row("quantised weights", "", "load_in_4bit|load_in_8bit|BitsAndBytesConfig|quantization", r"\b(?P<value>load_in_[48]bit)[\"']?\s*[=:]\s*(?:True|true)|\bquantization[\"']?\s*[=:]\s*[\"'](?P<other>\w+)"),
    _row("data checks", "data is checked by rules", "great_expectations|pandera|soda.scan", r"^[ \t]*(?:from|import) (?:great_expectations|pandera|soda\.scan)\b"),
    _row("similarity threshold", "", "similarity", r"\bgte?\(\s*similarity\s*,\s*(?P<value>0?\.\d+)|\bsimilarity\w*\s*>=?\s*(?P<other>0?\.\d+)"),
    _row("retries", "", "stop_after_attempt|max_tries|maxAttempts|maxRetries|retries=", r"@(?:\w+\.)?(?:task|flow|asset|op)\([^()]{0,200}?\bretries\s*=\s*(?P<sixth>\d+)|stop_after_attempt\(\s*(?P<value>\d+)|\bmax_tries\s*=\s*(?P<other>\d+)|@Retryable\([^)]*maxAttempts\s*=\s*(?P<third>\d+)|\bmaxRetries\s*[:(]\s*(?P<fourth>\d+)"),
    _row("rate limit", "", "limiter.|slidingWindow|fixedWindow|rateLimit|RateLimit|throttling", r"@\w*limiter\.limit\(\s*[\"'](?P<value>[^\"']{3,40})|(?:sliding|fixed)Window\(\s*(?P<other>\d+\s*,\s*[\"'][\w ]+)|throttlingRateLimit[\"']?\s*[:=]\s*(?P<third>\d+)|\brateLimit\s*:\s*(?P<fourth>\d+)"),
    _row("upload limit", "", "1024 * 1024|1024*1024", r"(?i)(?:\bsize\s*(?:<=?|>=?|>)\s*|(?:max|limit)\w*(?:file|upload|size)\w*[\"']?\s*[:=]\s*|(?:file|upload)\w*(?:max|limit)\w*[\"']?\s*[:=]\s*)(?P<value>\d+\s*\*\s*1024\s*\*\s*1024)"),
    _row("measures of quality", "", "sklearn.metrics|performance_metrics|evaluate.load|rouge|torchmetrics|Evaluator|bleu|ragas", r"\b(?P<value>roc_auc_score|roc_curve|average_precision_score|f1_score|accuracy_score|precision_score|recall_score|mean_squared_error|root_mean_squared_error|mean_absolute_error|r2_score|log_loss|mean_(?:absolute|squared)_(?:percentage|log)_error|ndcg_score|brier_score_loss|matthews_corrcoef)\(|evaluate\.load\(\s*[\"'](?P<other>\w+)|\b(?P<third>faithfulness|answer_relevancy|context_precision|context_recall|answer_correctness|(?:Groundedness|Relevance|Coherence|Fluency|Similarity|Faithfulness|AnswerRelevancy|ContextRecall|ContextPrecision)(?:Evaluator|Metric)?)\b"),
    _row("memory of conversations", "", "Saver(|Saver.|InMemoryChat|ChatMemory|ChatMessageHistory|ConversationBuffer|MemorySaver", r"\b(?P<value>(?:Async)?(?:Postgres|Redis|Sqlite|MongoDB|InMemory|Memory|DynamoDB)Saver|MessageWindowChatMemory|TokenWindowChatMemory|ConversationBuffer(?:Window)?Memory|ConversationSummary\w*Memory|\w{3,30}ChatMessageHistory|JdbcChatMemoryRepository|InMemoryChatMemory\w*)\b\s*[.(<]"),
    _row("feedback of users", "people rate answers", '/feedback|thumbs|/vote|feedback"', r"(?:post|put|patch|route|POST|PostMapping|HttpPost|MapPost|HandleFunc)\(\s*[\"'](?:[A-Z]{3,6} )?[\w/{}:.-]*/?(?:feedback|vote|thumbs)\b|\bcreate_feedback\(|thumbs[_-]?(?:up|down)"),
    _row("screen for personal data", "personal data is looked for", "AnalyzerEngine|PiiEntit|pii_|detect_pii|PIIMiddleware|ContainsPii", r"\bAnalyzerEngine\(|\bPiiEntit\w+|\bdetect_pii\w*\(|\bPIIMiddleware\(|\bContainsPii\w*"),
    _row("screen of content", "questions or answers are screened", "moderations.create|guardrailIdentifier|guardrailId|ContentSafetyClient|analyze_text|safety_settings|SafetySetting|guardrail_id|RailsConfig", r"moderations\.create\(|guardrailI(?:dentifier|d)[\"']?\s*[=:]|guardrail_id(?:entifier)?[\"']?\s*[=:]|\bContentSafetyClient\(|\bsafety_settings\s*=|\bSafetySetting\(|RailsConfig\.from"),
    _row("split of the data", "", "test_size|train_size|train_test_split|randomSplit|TimeSeriesSplit|StratifiedKFold", r"\b(?P<value>(?:test|train)_size\s*=\s*[\d.]+)|\b(?P<other>TimeSeriesSplit|StratifiedKFold|GroupKFold|KFold)\("),
    _row("data is deleted with the stack", "its removal policy deletes what it holds", "RemovalPolicy.DESTROY", r"\bRemovalPolicy\.DESTROY\b"),
    _row("no public access", "public access is switched off", "BLOCK_ALL", r"BlockPublicAccess\.BLOCK_ALL"),
    _row("sign-in", "people sign in", "UserPool|authenticate|jose|HTTPBasic|HTTPBearer|OAuth2PasswordBearer", r"\bUserPool\(|^[ \t]*(?:from jose import|import jose\b)|=\s*(?:HTTPBasic|HTTPBearer|OAuth2PasswordBearer)\("),
    _row("alerts", "alerts are set up", "Alarm(", r"\b(?:cloudwatch|cw)\.(?:Composite)?Alarm\(|\.create_alarm\(|\.createAlarm\("),
    _row("dashboards", "a dashboard is set up", "Dashboard(", r"\b(?:cloudwatch|cw)\.Dashboard\("),
    _row("private network", "it runs in a network of its own", "Vpc(", r"\bec2\.Vpc\("),
    _row("load balancer", "requests are spread or guarded by a gateway", "LoadBalanc|RestApi(|HttpApi(", r"\bApplicationLoadBalanced\w+\(|\bApplicationLoadBalancer\(|\b(?:apigateway|apigw|apigwv2|apigatewayv2)\.\w*(?:RestApi|HttpApi)\("),
    _row("firewall", "a firewall protects it", "CfnWebACL", r"\bCfnWebACL\("),
    _row("secrets manager", "secrets are kept in a service of the cloud", "secretsmanager|SecretsManager|SecretClient|KeyVault|secretmanager", r"[\"']secretsmanager[\"']\s*[,)]|\bsecretsmanager\.Secret\b|\bSecretsManagerClient\(|\bSecretClient\(|\bSecretManagerServiceClient\(|AddAzureKeyVault\("),
    _row("retention of logs", "", "RetentionDays.", r"\bRetentionDays\.(?P<value>\w+)"),
    _row("encryption key", "data is encrypted with a key that the team manages", "kms.Key(", r"\bkms\.Key\("),
    _row("encryption at rest", "what is stored is encrypted", "Encryption.|encrypted", r"\b(?:Bucket|Table|Queue|Topic)Encryption\.(?:KMS|S3_MANAGED|AWS_MANAGED|CUSTOMER_MANAGED|SQS_MANAGED)\w*|storage_?[eE]ncrypted\s*[:=]\s*[Tt]rue"),
    _row("backups", "", "pointInTimeRecovery|point_in_time_recovery|backup", r"\b(?P<value>point_?[iI]n_?[tT]ime_?[rR]ecovery\w*)\s*[:=]\s*[Tt]rue"),
)  # fmt: skip
_INFRASTRUCTURE = (
    _row("open to all origins", "pages of any origin may call it", "llowedOrigins|allow_origins|allowed_origins", r"allowedOrigins\s*:\s*\[\s*['\"]\*|allow(?:ed)?_origins\s*=\s*\[\s*\"\*|AllowedOrigins[\"']?\s*:\s*(?:\n\s*-\s*|\[\s*)?[\"']?\*"),
    _row("machine size", "", "instance|Instance|machine|vm_size|vmSize|node_type|nodeType|sku|tier|appServicePlan", r"^[ \t]*(?:-\s*)?[\"']?(?:instance_?(?:[cC]lass|[tT]ypes?)|machine_?[tT]ype|vm_?[sS]ize|node_?[tT]ype(?:_id)?|DBInstanceClass|InstanceType)[\"']?\s*[:=]\s*(?:\{\s*[\"']\w+[\"']\s*:)?\s*\[?\s*[\"']?(?P<value>(?!(?:var|local|each|data|module|self|params?|props|config)\.)(?:db\.|cache\.|ml\.)?[a-z]\w{1,12}[.-][\w.-]{2,30}|Standard_(?!(?:RA)?G?Z?[LGZ]RS)\w+)|^[ \t]*tier\s*=\s*\"(?P<other>db-[\w-]+)\"|(?:sku|appServicePlan\w*|skuName|sku_name)\b[\"']?\s*[:=]\s*(?:string\s*=\s*)?(?:\{\s*name\s*:\s*)?[\"'](?P<third>[BSPF]\d\w{0,4}|EP\d|Y1|Standard_(?!(?:RA)?G?Z?[LGZ]RS)\w+|GP_\w+|standard|basic|free|S0)[\"']"),
    _row("data is deleted with the stack", "nothing keeps what it holds when it is taken down", "force_destroy|deletion_protection|skip_final_snapshot|DeletionPolicy|deletionProtection", r"\bforce_destroy\s*=\s*true|\bdeletion_protection\s*=\s*false|\bskip_final_snapshot\s*=\s*true|DeletionPolicy[\"']?\s*:\s*[\"']?Delete"),
    _row("deletion protection", "it cannot be deleted by mistake", "deletion_protection|prevent_destroy|DeletionPolicy|enablePurgeProtection", r"\bdeletion_protection\s*=\s*true|\bprevent_destroy\s*=\s*true|DeletionPolicy[\"']?\s*:\s*[\"']?(?:Retain|Snapshot)|\benablePurgeProtection\s*:\s*true"),
    _row("encryption at rest", "what is stored is encrypted", "encrypted|encrypt_at_rest|SSEAlgorithm|sse_algorithm|StorageEncrypted|SSEEnabled|KmsMasterKeyId|nfrastructureEncryption|infrastructure_encryption|keySource|customerManagedKey|customer_managed_key|variable", r"\bstorage_encrypted\s*=\s*true|\bencrypted\s*=\s*true|SSEAlgorithm[\"']?\s*:\s*[\"']?\w+|\bsse_algorithm\s*=|\bencrypt_at_rest\s*\{\s*enabled\s*=\s*true|variable\s+\"\w*encrypt\w*rest\w*\"\s*\{\s*default\s*=\s*true|StorageEncrypted[\"']?\s*:\s*true|SSEEnabled[\"']?\s*:\s*true|\b(?:requireI|i)nfrastructureEncryption\s*:\s*(?:true|'Enabled')|\binfrastructure_encryption_enabled\s*=\s*true|\bkeySource\s*:\s*'Microsoft\.(?:Storage|Key[vV]ault)'|\bcustomer(?:ManagedKey\s*:|_managed_key)\s*\{"),
    _row("no public access", "public access is switched off", "ublicNetworkAccess|block_public|BlockPublic|public_network_access|publicly_accessible|public_access_prevention|llowBlobPublicAccess", r"ublicNetworkAccess[\"']?\s*:\s*[\"']?Disabled|\bblock_public_acls\s*=\s*true|BlockPublicAcls[\"']?\s*:\s*true|\bpublic_network_access_enabled\s*=\s*false|\bpublicly_accessible\s*=\s*false|public_access_prevention\s*=\s*\"enforced\"|\ballowBlobPublicAccess\s*:\s*false"),
    _row("keys are switched off", "only identities sign in, no keys", "LocalAuth|local_auth|SharedKey|shared_access_key|local_authentication", r"\bdisableLocalAuth\s*:\s*true|\bdisableLocalAuthentication\s*:\s*true|\ballowSharedKeyAccess\s*:\s*false|\blocal_auth(?:entication)?_enabled\s*=\s*false|\bshared_access_key_enabled\s*=\s*false"),
    _row("high availability", "", "multi_az|MultiAZ|zoneRedundant|highAvailability|zone_redundant|availability_type|high_availability", r"\bmulti_az\s*=\s*(?P<value>true)|MultiAZ[\"']?\s*:\s*(?P<other>true)|\b(?P<third>zoneRedundant)\s*:\s*true|\bavailability_type\s*=\s*\"(?P<fourth>REGIONAL)\"|\bhighAvailability\s*:\s*\{\s*mode\s*:\s*'(?P<fifth>ZoneRedundant|SameZone)'"),
    _row("backups", "", "backup_|backupR|BackupRetention|point_in_time|PointInTime", r"\bbackup_?[rR]etention_?(?:[pP]eriod|[dD]ays)?\s*[:=]\s*(?P<value>\d+)|BackupRetentionPeriod[\"']?\s*:\s*(?P<other>\d+)|PointInTimeRecoveryEnabled[\"']?\s*:\s*(?P<third>true)|\bpoint_in_time_recovery\s*\{"),
    _row("retention of logs", "", "retention_|retentionI|RetentionIn", r"\bretention_?[iI]n_?[dD]ays\s*[:=]\s*(?P<value>\d+)|RetentionInDays[\"']?\s*:\s*(?P<other>\d+)"),
    _row("guardrail", "a content policy is set for the model", "raiPolicyName|rai_policy_name", r"\brai_?[pP]olicy_?[nN]ame[\"']?\s*[:=]\s*['\"]\w"),
    _row("open without sign-in", "the platform lets requests in without sign-in", "allow-unauthenticated|allUsers|AuthType: NONE|AuthorizationType: NONE|authorization_type", r"--allow-unauthenticated|\"allUsers\"|AuthType:\s*[\"']?NONE|AuthorizationType:\s*[\"']?NONE|\bauthorization_type\s*=\s*\"NONE\""),
    _row("gradual roll-out", "", "canary|Canary|setWeight|stepWeight|blueGreen|Linear|AllAtOnce", r"\bcanaryTrafficPercent:\s*(?P<value>\d+)|\bsetWeight:\s*(?P<other>\d+)|(?P<third>\b(?:Canary|Linear)\d+Percent\w+|\bAllAtOnce\b)|\bkind:\s*(?P<fourth>Canary)\b|^[ \t]+(?P<fifth>blueGreen):|\bstepWeight:\s*(?P<sixth>\d+)|\bcanary_(?:probability|weight|percent\w*|traffic):\s*(?P<seventh>[\d.]+)"),
    _row("autoscaling", "the number of machines follows the load", "HorizontalPodAutoscaler|ScaledObject|autoscaling_config|AutoScaling", r"\bkind:\s*(?:HorizontalPodAutoscaler|ScaledObject)\b|\bautoscaling_config:"),
    _row("alerts", "alerts are set up", "alert:|- alert", r"^[ \t]*-\s*alert:\s*\w+[\s\S]{0,400}?^[ \t]*expr:"),
    _row("objectives of service", "objectives of the service are written down", "SLO|ServiceLevel|monitoring_slo|slo:|sloth|pyrra|openslo", r"\bkind:\s*(?:PrometheusServiceLevel|ServiceLevelObjective|SLO)\b|google_monitoring_slo|\bapiVersion:\s*openslo/"),
    _row("budget", "spending is watched", "budget", r"aws_budgets_budget|azurerm_consumption_budget|google_billing_budget|Microsoft\.Consumption/budgets"),
    _row("spot machines", "machines that the provider can take away are used", "spot|SPOT|preemptible|Spot", r"\bpreemptible\s*=\s*true|capacity_type\s*=\s*\"SPOT\"|\bspot\s*=\s*true|scaleSetPriority\s*:\s*'Spot'|spot_bid_max_price|useSpot\w*:\s*true"),
    _row("scaled to zero", "the machines are taken down when nobody asks", "autotermination|minReplicas:|min_instance_count", r"\bautotermination_minutes[\"']?\s*[:=]\s*\d+|\bminReplicas:\s*0\b|\bmin_instance_count\s*=\s*0\b"),
)  # fmt: skip
_WORKFLOW = (
    _row("checks of changes", "", "run:|uses:|script", r"\b(?P<value>pytest|ruff|mypy|flake8|black --check|eslint|npm (?:run )?test|pnpm (?:run )?test|yarn (?:run )?test|mvn (?:-B )?(?:test|verify|package)|gradle test|dotnet test|go test|terraform validate|tflint|pre-commit|make (?:test|lint|check|typecheck)[\w-]*)\b|npm run (?P<other>lint|test\w*|typecheck)|pnpm (?P<third>lint|check|typecheck)"),
    _row("scans of code", "", "run:|uses:", r"\b(?P<value>codeql|trivy|gitleaks|trufflehog|checkov|tfsec|bandit|semgrep|pip-audit|npm audit|snyk|psrule|microsoft/security-devops|hadolint|grype|detect-secrets)\b"),
    _row("deployed by a workflow", "", "run:|uses:|script", r"\b(?P<value>azd (?:deploy|up|provision)|gcloud run deploy|gcloud functions deploy|kubectl apply|helm upgrade|terraform apply|cdk deploy|sam deploy|serverless deploy|databricks bundle deploy|vercel deploy|fly deploy|flyctl deploy|aws ecs update-service|argocd app sync|az webapp deploy\w*|az containerapp up(?:date)?)\b|uses:\s*(?P<other>azure/webapps-deploy|google-github-actions/deploy-cloudrun|aws-actions/amazon-ecs-deploy-task-definition|appleboy/ssh-action|google-github-actions/ssh-compute|azure/k8s-deploy)"),
    _row("image built by a workflow", "an image is built and pushed", "docker", r"docker (?:buildx )?build\b|docker/build-push-action"),
)  # fmt: skip
_CONTAINER = (
    _row("health check", "the container is checked", "HEALTHCHECK", r"^HEALTHCHECK\s+(?!NONE)"),
    _row("runs without root", "the container does not run as root", "USER ", r"^USER\s+(?!root\b|0\b|\$)\S+(?![\s\S]*^(?:USER|FROM)\s)"),
)  # fmt: skip

CODED = (".py", ".ts", ".tsx", ".mts", ".js", ".mjs", ".cjs", ".java", ".kt", ".go", ".cs")
_DESCRIBED = (".tf", ".bicep", ".yaml", ".yml", ".tfvars", ".template")


def describes(path: str) -> bool:
    """Say whether a path in small letters is one of a file that describes infrastructure."""
    return path.endswith(_DESCRIBED)


def is_container(path: str) -> bool:
    """Say whether a path in small letters is a file that an image is built by."""
    name = path.rpartition("/")[2]
    return name.startswith(("dockerfile", "containerfile")) or name.endswith(
        (".dockerfile", ".containerfile")
    )


class Phrases(NamedTuple):
    """The rows that one kind of file is searched for, and the words of all of them."""

    rows: tuple[Phrase, ...]
    words: PlainWords[str]
    near: bool = False
    """Whether each pattern matches only near one of its words, so that the rest of a long text need not be searched."""


def _together(rows: tuple[Phrase, ...], *, near: bool = False) -> Phrases:
    return Phrases(rows, PlainWords(word for row in rows for word in row.words), near)


_OF_CODE, _OF_WORKFLOW, _OF_CONTAINER = map(_together, (_CODE, _WORKFLOW, _CONTAINER))
_OF_INFRASTRUCTURE = _together(_INFRASTRUCTURE, near=True)


def phrases_of(path: str, *, workflow: bool) -> Phrases | None:
    """Return what a file is searched for, by its path in small letters; None for other files."""
    if workflow:
        return _OF_WORKFLOW
    if path.endswith(CODED):
        return _OF_CODE
    if describes(path):
        return _OF_INFRASTRUCTURE
    return _OF_CONTAINER if is_container(path) else None
