"""Small replicas of repositories with planted secrets and look-alikes, for `secrets_scan.py`.

Each line carries its label: `+` a literal secret that somebody must rotate, `.` one that is shown and does not
count (a default, a dummy in tests or documents), `-` something that only looks like one. The replicas follow ten
public repositories in form (FastAPI, Spring, CDK, Helm, compose, notebooks, feature stores); every text is written
here, and the secrets are drawn from a seed, so that none is anybody's.
"""

from __future__ import annotations

import random
import string

LETTERS, DIGITS = string.ascii_letters, string.digits


def drawn(seed: int) -> dict[str, str]:
    """Return made-up tokens by name, each of the shape that its service gives."""
    rng = random.Random(seed)  # noqa: S311 - none of these opens anything

    def take(alphabet: str, count: int) -> str:
        return "".join(rng.choice(alphabet) for _ in range(count))

    word, hexes, upper = LETTERS + DIGITS, "0123456789abcdef", string.ascii_uppercase
    return {
        "aws": "AKIA" + take("ABCDEFGHIJKLMNOPQRSTUVWXYZ234567", 16), "aws_secret": take(word + "+", 36) + "9aZ/",
        "github": "ghp_" + take(word, 36), "gitlab": "glpat-" + take(word, 20), "huggingface": "hf_" + take(LETTERS, 34),
        "openai": "sk-proj-" + take(word, 20) + "T3BlbkFJ" + take(word, 20), "anthropic": "sk-ant-api03-" + take(word, 93) + "AA",
        "groq": "gsk_" + take(word, 52), "langsmith": f"lsv2_pt_{take(hexes, 32)}_{take(hexes, 10)}", "google": "AIza" + take(word, 35),
        "slack": f"xoxb-{take(DIGITS, 12)}-{take(DIGITS, 12)}-{take(word, 24)}", "stripe": "sk_live_" + take(word, 24),
        "sendgrid": f"SG.{take(word, 22)}.{take(word, 43)}", "azure": take(word, 86) + "==", "pinecone": "pcsk_" + take(word, 60),
        "hex32": take(hexes[1:], 31) + "7", "hex40": take(hexes[1:], 38) + "a7", "key": take(word, 26) + "q7Z", "key2": take(word, 38) + "w4X",
        "pass1": take(LETTERS, 6) + "7!" + take(word, 5), "pass2": f"{take(string.ascii_lowercase, 6)}-{take(upper, 1)}{take(DIGITS, 4)}",
        "pass3": take(string.ascii_lowercase, 5) + take(DIGITS, 3) + "#" + take(LETTERS, 3), "sha": take(hexes, 64), "sha40": take(hexes, 40),
        "block": "-----BEGIN " + "RSA PRIVATE KEY-----" + "MIIEpAIBAAKCAQEA" + "q8Zk3vT1" * 3,
        "b64sha": take(word, 86) + "==",
        "linear": "lin_api_" + take(word, 40), "grafana": f"glsa_{take(word, 32)}_{take(hexes, 8)}", "newrelic": "NRAK-" + take(upper + DIGITS, 27),
        "postman": f"PMAK-{take(hexes, 24)}-{take(hexes, 34)}", "pulumi": "pul-" + take(hexes, 40), "planetscale": "pscale_tkn_" + take(word, 43),
        "sentry": "sntryu_" + take(hexes, 64), "sourcegraph": "sgp_" + take(hexes, 40), "doppler": "dp.pt." + take(word, 43),
        "supabase": "sbp_" + take(hexes, 40), "terraform": f"{take(word, 14)}.atlasv1.{take(word, 67)}", "shopify": "shpat_" + take(hexes, 32),
        "notion": "ntn_" + take(DIGITS, 11) + take(word, 35), "deepseek": "sk-" + take(hexes, 32), "age": "AGE-SECRET-KEY-1" + take("QPZRY9X8GF2TVDW0S3JN54KHCE6MUA7L", 58),
    }  # fmt: skip


REPLICAS: dict[str, dict[str, str]] = {
    "compose and RAG service": {
        "docker-compose.yml": """
- services:
-   db:
-     image: postgres:16@sha256:{sha}
-     environment:
.       POSTGRES_PASSWORD: postgres
-       POSTGRES_USER: rag
.       - MINIO_SECRET_KEY=minioadmin
+       - DB_PASSWORD={pass1}
-       - OPENAI_API_KEY=${{OPENAI_API_KEY}}
.       - REDIS_PASSWORD=${{REDIS_PASSWORD:-redis}}
-       - HF_TOKEN=${{HF_TOKEN:-}}
-       - MAX_TOKENS=${{MAX_TOKENS:-2000}}
+     command: redis-server --requirepass {pass3}
+       DATABASE_URL: postgresql://rag:{pass2}@db:5432/rag
.       OTHER_URL: postgresql://postgres:postgres@localhost:5432/rag
""",
        "app/settings.py": """
- api_key = api_key
- client = OpenAI(api_key=settings.openai_api_key, base_url=base_url)
- token = request.headers.get("Authorization")
- password = getpass("Password: ")
- self.secret = secret
- next_token = response["nextToken"]
- API_KEY_HEADER = "X-Api-Key"
- SECRET_NAME = "prod/rag/openai"
- api_key: str = Field(default="", description="key of the provider")
- openai_api_key = os.environ["OPENAI_API_KEY"]
- pad_token = "<|endoftext|>"
- password_field = "user_password"
+ OPENAI_API_KEY = "{openai}"
+ db_password = os.getenv("DB_PASSWORD", "{pass1}")
.     password=os.getenv("PGPASSWORD", "postgres"),
+ headers = {{"Authorization": "Bearer {key}"}}
""",
        ".env.example": """
- OPENAI_API_KEY=sk-your-key-here
- HF_TOKEN=hf_xxxxxxxxxxxxxxxx
- SECRET_KEY=change-me
. DB_PASSWORD={pass1}
""",
        "uv.lock": """
- sdist = {{ url = "https://files.example/a.tar.gz", hash = "sha256:{sha}" }}
-     {{ name = "token", version = "1.0", hash = "sha256:{sha}" }}
""",
    },
    "Spring and Azure": {
        "src/main/resources/application.properties": """
- spring.datasource.url=jdbc:postgresql://db.example/orders
+ spring.datasource.password={pass1}
- azure.openai.key=${{AZURE_OPENAI_KEY}}
- management.token.enabled=true
+ azure.storage.connection-string=DefaultEndpointsProtocol=https;AccountName=a;AccountKey={azure};EndpointSuffix=core.windows.net
""",
        "src/main/java/app/Client.java": """
- private final String apiKey;
- this.apiKey = apiKey;
- String token = jwt.getToken();
- static final String TOKEN_URL = "https://login.example/oauth2/token";
+ private static final String API_KEY = "{key}";
-     .credential(new AzureKeyCredential(apiKey))
- String password = env.getProperty("spring.datasource.password");
""",
        "infra/main.bicep": """
- param openAiKey string
- @secure()
- param adminPassword string
- resource key 'Microsoft.KeyVault/vaults/secrets@2023-02-01' = {{
-   name: 'openai-key'
+ var password = '{pass1}'
""",
    },
    "serverless with CDK": {
        "lib/stack.ts": """
- const secret = new Secret(this, 'ApiKeySecret', {{ secretName: 'prod/api-key' }});
- const apiKey = process.env.API_KEY;
- const token = await getToken();
+ const apiKey2 = process.env.API_KEY ?? "{key}";
- partitionKey: {{ name: 'sortKey', type: AttributeType.STRING }},
- accessToken: string;
- password: passwordSchema.min(8),
- <input type="password" placeholder="Password" />
- i18n.password = 'Password must have 12 characters';
+   clientSecret: '{key2}',
""",
        "cdk.json": """
-   "@aws-cdk/core:enableTokenResolution": true,
+   "adminPassword": "{pass3}",
-   "tokenizer": "qwen2-tokenizer-fast-12345",
""",
        "package-lock.json": """
-       "integrity": "sha512-{b64sha}",
-     "node_modules/csrf-token": {{
""",
        "test/stack.test.ts": """
. const token = '{key}';
.   password: '{pass1}',
""",
    },
    "Helm and GitOps": {
        "charts/app/values.yaml": """
- existingSecret: rag-openai
- secretName: hf-token-secret
- tokenSecretRef: {{name: hf, key: token}}
.   adminPassword: admin
+   postgresqlPassword: {pass1}
+   apiToken: "{key}"
-   password: ""
-   password: null
-   secretKeyRef:
-   key: api-key
""",
        "deploy/issuer.yaml": """
- kind: Secret
- stringData:
+   api-token: "{key2}"
-   tls.key: |
+     {block}
- env:
- - name: API_TOKEN
+   value: "{key}"
- - name: MODEL_NAME
-   value: "org/model-8b-instruct-v2"
- - name: DB_PASSWORD
-   valueFrom: {{secretKeyRef: {{name: db, key: password}}}}
- args: ["--api-key", "$(VLLM_API_KEY)", "--max-model-len", "4096"]
+ command: [sh, -c, "vllm serve org/m --api-key {key}"]
""",
        "charts/app/charts/redis/values.yaml": """
.   password: {pass1}
""",
    },
    "notebooks and training": {
        "train.ipynb": """
+     "import openai; openai.api_key = \\"{openai}\\"\\n",
-     "api_key = os.getenv(\\"OPENAI_API_KEY\\")\\n",
+     "login(token=\\"{huggingface}\\")\\n",
-     "tokenizer.pad_token = tokenizer.eos_token\\n",
""",
        "train.py": """
- wandb.login(key=os.environ["WANDB_API_KEY"])
+ WANDB_API_KEY = "{hex40}"
- checkpoint = "{sha40}"
- parser.add_argument("--token", type=str, default=None, help="token of the hub")
- special_tokens = {{"bos_token": "<s>", "eos_token": "</s>"}}
- mlflow.set_tracking_uri("http://user:password@mlflow.example")
- model.revision = "{sha40}"
""",
        "README.md": """
. export OPENAI_API_KEY={openai}
. password: {pass1}
""",
    },
    "feature store": {
        "feature_store.yaml": """
- project: credit
- registry: s3://bucket/registry.db
-   type: redis
+   connection_string: redis.example:6379,password={pass1},ssl=true
-   user: feast
+   password: {pass3}
""",
        "infra/main.tf": """
- variable "db_password" {{ sensitive = true }}
-   password = var.db_password
+   master_password = "{pass1}"
-   kms_key_id = aws_kms_key.main.arn
+   access_key = "{aws}"
+   secret_key = "{aws_secret}"
""",
    },
    "agents": {
        "agents/tools.py": """
+ TAVILY_API_KEY = "tvly-dev-{key}"
+ slack = WebClient(token="{slack}")
- slack = WebClient(token=os.environ["SLACK_TOKEN"])
- prompt = "Never reveal the password or the secret token."
- def verify(password: str, token: str) -> bool:
- assert token is not None, "token is missing"
+ requests.get(url, auth=("svc", "{pass3}"), params={{"api_key": "{hex32}"}})
- tool(name="reset_password", description="reset a password")
- keys = {{"primary_key": "id", "cache_key": "user:1234567890abcdef"}}
""",
        "agents/config.toml": """
+ langsmith_key = "{langsmith}"
+ anthropic = "{anthropic}"
+ pinecone_api_key = "{pinecone}"
- model = "claude-opus-4-20260101"
- max_tokens = 4096
""",
        "scripts/run.sh": """
+ curl -u loader:{pass3} https://api.example/load
+ export GITHUB_TOKEN={github}
- export TOKEN="$(gcloud auth print-access-token)"
- curl -H "Authorization: Bearer $TOKEN" https://api.example
+ psql "host=db.example user=a password={pass1}"
""",
    },
    "cloud keys": {
        "config/production.json": """
+   "stripe": "{stripe}",
+   "sendgrid": {{"apiKey": "{sendgrid}"}},
+   "maps": "{google}",
+   "gitlabToken": "{gitlab}",
-   "publicKey": "pk_test_{key}",
-   "clientId": "{hex32}",
-   "requestId": "{hex32}",
""",
        "db/init.sql": """
+ CREATE USER app WITH PASSWORD '{pass1}';
- CREATE USER app WITH PASSWORD :'app_password';
""",
        ".npmrc": """
+ //registry.npmjs.org/:_authToken={key2}
- //registry.npmjs.org/:_authToken=${{NPM_TOKEN}}
""",
    },
    "batch and orchestration": {
        "flows/deploy.py": """
- Secret.load("openai-key").get()
- block = DatabaseCredentials.load("warehouse")
+ conn = psycopg.connect("dbname=a user=b password={pass1} host=db.example")
- dsn = f"postgresql://{{user}}:{{password}}@{{host}}/db"
- url = "https://example.com:8080/path@2"
- email = "mailto:team@example.com"
+ BROKER = "amqp://worker:{pass3}@mq.example:5672/"
.   broker = "amqp://guest:guest@localhost:5672//"
""",
        "airflow.cfg": """
+ fernet_key = {key2}=
- secret_key = temporary_key
- sql_alchemy_conn = sqlite:////tmp/a.db
+ smtp_password = {pass2}
""",
    },
    "tools around the service": {
        "scripts/notify.py": """
+ connect("{linear}")
+ board = Client("{notion}")
+ dashboards = "{grafana}"
+ report(["{newrelic}", 3])
+ call("{postman}")
+ errors.init("{sentry}")
+ find("{sourcegraph}")
- connect("lin_api_...")
- dashboards = "glsa_your_token_here"
- sgp = sgp_client.find("{sha40}")
- version = "pul-2.10"
""",
        "deploy/values.yaml": """
- state:
+   backend: {pulumi}
+   remote: {terraform}
+   database: {planetscale}
+   project: {supabase}
+   config: {doppler}
+   shop: {shopify}
+   model: {deepseek}
+   backup: {age}
-   image: registry.example/dp.api@sha256:{sha}
""",
    },
    "front end": {
        "src/login.tsx": """
- const [password, setPassword] = useState('');
- <TextField label="Password" name="password" type="password" />
- localStorage.setItem('accessToken', token);
- const tokenKey = 'auth.accessToken';
- errors.password = t('login.passwordRequired');
- href="/reset-password?token=abc"
+ const firebase = {{ apiKey: "{google}" }};
""",
        "public/app.min.js": """
- var a=function(e){{return e.token||e.password||"";}},secret="aB3"+"x";
""",
    },
}  # fmt: skip
