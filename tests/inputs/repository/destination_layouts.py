"""Replicas of pilots with more addresses, keys and clients than destinations."""

from __future__ import annotations

from layouts import Layout

DESTINATION_LAYOUTS: dict[str, Layout] = {
    "adapters-of-three-providers-beside-the-one-that-answers": Layout(
        files={
            "requirements.txt": "openai==1.50\nanthropic==0.40\nmistralai==1.2\ncohere==5.11\n",
            "app/main.py": (
                "import openai\n\nfrom app.adapters import by_cohere, by_mistral, by_anthropic\n\nBY_NAME = {'a': by_anthropic, 'b': by_mistral, 'c': by_cohere}\n\n\ndef ask(text, name):\n"
                "    if name in BY_NAME:\n        return BY_NAME[name](text)\n    return openai.OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
            ),
            "app/adapters.py": (
                "import anthropic\nimport cohere\nimport mistralai\n\n\ndef by_anthropic(text):\n    return anthropic.Anthropic().messages.create(messages=[text])\n\n\n"
                "def by_mistral(text):\n    return mistralai.Mistral().chat.complete(messages=[text])\n\n\ndef by_cohere(text):\n    return cohere.ClientV2().chat(messages=[text])\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        hosts=("api.openai.com",),
        asks=(
            "3 more providers of models can be asked: which of them does production ask? api.anthropic.com (app/adapters.py:7",
        ),
        never=("api.anthropic.com", "api.mistral.ai", "api.cohere.com"),
    ),
    "one-provider-beside-the-one-that-answers": Layout(
        files={
            "requirements.txt": "openai==1.50\nanthropic==0.40\n",
            "app/main.py": (
                "import anthropic\nimport openai\n\n\ndef ask(text, long):\n    if long:\n        return anthropic.Anthropic().messages.create(messages=[text])\n"
                "    return openai.OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
            ),
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        hosts=("api.openai.com", "api.anthropic.com"),
        never_asks=("providers of models can be asked",),
    ),
    "keys-and-addresses-that-an-example-switches-off": Layout(
        files={
            ".env.example": (
                "OPENAI_API_KEY=\n\nSTRIPE_DISABLED=True\n# Only where payments are on\nSTRIPE_API_KEY=\n\nNEXT_PUBLIC_POSTHOG_DISABLED='true'\nNEXT_PUBLIC_POSTHOG_HOST=\"https://app.posthog.com\"\n\n"
                "ENABLE_TAVILY=false\nTAVILY_API_KEY=\n\nRESEND_DISABLED=false\nRESEND_API_KEY=\n\nTWILIO_TAX_DISABLED=true\nTWILIO_AUTH_TOKEN=\n"
            ),
            "requirements.txt": "openai==1.50\nstripe==9\ntavily-python==0.5\nresend==2\ntwilio==9\n",
            "main.py": (
                "import os\n\nimport openai\n\nPAID = os.environ['STRIPE_API_KEY']\nSEARCH = os.environ['TAVILY_API_KEY']\nMAIL = os.environ['RESEND_API_KEY']\nCALL = os.environ['TWILIO_AUTH_TOKEN']\n"
                "openai.OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
            ),
        },
        uses=("llm",),
        hosts=("api.openai.com", "api.resend.com", "api.twilio.com"),
        never=("api.stripe.com", "app.posthog.com", "api.tavily.com"),
    ),
    "a-tracker-that-runs-in-the-cluster": Layout(
        files={
            ".env": "LANGFUSE_PUBLIC_KEY=\nLANGFUSE_SECRET_KEY=\nOPENAI_API_KEY=\n",
            "package.json": '{"dependencies": {"openai": "^4.70.0"}}\n',
            "install.mjs": (
                "import OpenAI from 'openai';\n\nconst values = {};\nvalues.LANGFUSE_HOST = 'http://langfuse-web.tracing:3000';\nexport const given = { ...values, publicKey: process.env.LANGFUSE_PUBLIC_KEY, secretKey: process.env.LANGFUSE_SECRET_KEY };\n"
                "new OpenAI().chat.completions.create({ model: 'gpt-4o-2024-08-06', messages: [] });\n"
            ),
        },
        uses=("llm",),
        hosts=("api.openai.com",),
        never=("cloud.langfuse.com",),
    ),
    "a-tracker-at-its-vendors": Layout(
        files={
            ".env.example": "LANGFUSE_PUBLIC_KEY=\nLANGFUSE_SECRET_KEY=\nLANGFUSE_HOST=https://cloud.langfuse.com\nOPENAI_API_KEY=\n",
            "requirements.txt": "openai==1.50\nlangfuse==2.50\n",
            "main.py": (
                "import os\n\nimport openai\nfrom langfuse import Langfuse\n\ntracker = Langfuse(public_key=os.environ['LANGFUSE_PUBLIC_KEY'], secret_key=os.environ['LANGFUSE_SECRET_KEY'], host=os.environ['LANGFUSE_HOST'])\n"
                "openai.OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
            ),
        },
        uses=("llm",),
        hosts=("api.openai.com", "cloud.langfuse.com"),
        never_asks=("where langfuse is asked",),
    ),
    "a-tracker-whose-address-no-file-gives": Layout(
        files={
            "requirements.txt": "openai==1.50\nlangfuse==2.50\n",
            "main.py": (
                "import os\n\nimport openai\n\nsecret = os.environ.get('LANGFUSE_SECRET_KEY')\nhost = os.environ.get('LANGFUSE_HOST')\nif secret and host:\n    from langfuse import Langfuse\n\n    tracker = Langfuse(secret_key=secret, host=host)\n"
                "openai.OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"
            ),
        },
        uses=("llm",),
        hosts=("api.openai.com",),
        asks=("where langfuse is asked is not said: the code looks LANGFUSE_HOST up (main.py:6",),
        never=("cloud.langfuse.com",),
    ),
    "addresses-that-are-only-shown": Layout(
        files={
            "package.json": '{"dependencies": {"openai": "^4.70.0"}}\n',
            "lib/cards.ts": "export const MODEL_OF_CARDS = 'plain';\nexport const cards = {\n  example: {\n    url: 'https://news.plainpaper.com/today',\n    title: 'A title',\n    description: 'What it says.',\n  },\n};\n",
            "lib/films.ts": (
                "const WATCH_BASE_URL = 'https://films.plainscreen.com/watch?v=';\n\nexport async function coins(id: string) {\n  const answer = await fetch('https://api.coinlist.com/v3/coins');\n"
                "  return { success: true, source: 'list', film: `${WATCH_BASE_URL}${id}`, data: await answer.json(), url: answer.url || 'https://www.coinlist.org' };\n}\n"
            ),
            "lib/player.ts": "export const MODEL_OF_CARDS = 'plain';\nexport const card = (id: string) => ({ provider_name: 'Screen', provider_url: 'https://www.widescreen.com', id });\n",
            "hooks/use-stars.ts": "import { useQuery } from '@tanstack/react-query';\n\nexport const useStars = () => useQuery({ queryKey: ['stars'], queryFn: () => fetch('https://api.stars.com/v1/count') });\n",
            "app/api/route.ts": "import OpenAI from 'openai';\nimport { cards } from '../../lib/cards';\nimport { coins } from '../../lib/films';\nimport { card } from '../../lib/player';\n\nexport const GET = async () => [cards, await coins('a'), card('b')];\nexport const POST = () => new OpenAI().chat.completions.create({ model: 'gpt-4o-2024-08-06', messages: [] });\n",
            "Report.java": 'import org.springframework.boot.context.properties.ConfigurationProperties;\n\n@ConfigurationProperties(prefix = "report")\nclass Report {\n  private String markedUrl = "https://mirror.plainscripts.com/marked/marked.min.js";\n}\n',
        },
        uses=("llm",),
        hosts=("api.openai.com", "api.coinlist.com"),
        never=("plainpaper", "plainscreen", "coinlist.org", "widescreen", "api.stars.com", "plainscripts"),
    ),
    "addresses-of-made-up-data-and-of-an-audience": Layout(
        files={
            "requirements.txt": "openai==1.50\nrequests==2.32\n",
            "clicks.py": (
                "import random\n\n\ndef page():\n    base_url = 'https://shop-of-nobody.com'\n    kind = random.choice(['a', 'b'])\n    return f'{base_url}/{kind}/{random.randint(1, 9)}'\n\n\n"
                "def event():\n    return {'page': page(), 'age': random.uniform(1, 90)}\n"
            ),
            "claims.py": "import requests\n\n_TOKEN_ENDPOINT = 'https://token.plainsigner.com/token'\n\n\ndef payload(now):\n    return requests.sign({'iat': now, 'aud': _TOKEN_ENDPOINT})\n",
            "prices.py": "import random\n\nimport requests\n\nbase_url = 'https://api.plainprices.com'\n\n\ndef price():\n    pause = random.choice([1, 2]) + random.randint(1, 2) + random.uniform(0, 1)\n    return requests.get(f'{base_url}/v1/prices', timeout=pause)\n",
            "main.py": "import openai\n\nfrom clicks import event\nfrom prices import price\nfrom claims import payload\n\n\ndef ask():\n    payload(event())\n    return openai.OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[price()])\n",
        },
        uses=("llm",),
        hosts=("api.openai.com", "api.plainprices.com"),
        never=("shop-of-nobody", "plainsigner"),
    ),
    "providers-among-whose-models-people-choose": Layout(
        files={
            "requirements.txt": "openai==1.50\nanthropic==0.40\nmistralai==1.2\ncohere==5.11\ngroq==0.11\n",
            "app/main.py": (
                "import anthropic\nimport mistralai\nimport openai\n\nfrom app.others import by_name\n\n\ndef ask(text):\n    by_name('a', text)\n    first = anthropic.Anthropic().messages.create(model='claude-sonnet-4-5-20250929', messages=[text])\n"
                "    second = mistralai.Mistral().chat.complete(model='mistral-small-2506', messages=[text])\n"
                "    return openai.OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[first, second])\n"
            ),
            "app/others.py": "import cohere\nimport groq\n\n\ndef by_name(name, text):\n    if name == 'a':\n        return groq.Groq().chat.completions.create(messages=[text])\n    return cohere.ClientV2().chat(messages=[text])\n",
        },
        uses=("llm",),
        hosts=("api.openai.com", "api.anthropic.com", "api.mistral.ai", "api.groq.com", "api.cohere.com"),
        never_asks=("providers of models can be asked",),
    ),
    "a-client-of-spring-whose-interface-is-given-an-address": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><groupId>org.springframework.ai</groupId><artifactId>spring-ai-openai</artifactId><version>1.0.0</version></dependency></dependencies></project>\n",
            "src/main/java/Maker.java": (
                "import org.springframework.ai.openai.OpenAiChatModel;\nimport org.springframework.ai.openai.api.OpenAiApi;\n\nclass Maker {\n  ChatModel make(Row row) {\n"
                "    OpenAiApi.Builder builder = OpenAiApi.builder().apiKey(row.getKey()).baseUrl(row.getAddress());\n    OpenAiApi openAiApi = builder.build();\n"
                "    return OpenAiChatModel.builder().openAiApi(openAiApi).build();\n  }\n}\n"
            ),
        },
        uses=("llm",),
        never=("api.openai.com",),
    ),
    "a-client-of-spring-at-its-usual-address": Layout(
        files={
            "pom.xml": "<project><dependencies><dependency><groupId>org.springframework.ai</groupId><artifactId>spring-ai-openai</artifactId><version>1.0.0</version></dependency></dependencies></project>\n",
            "src/main/java/Maker.java": (
                "import org.springframework.ai.openai.OpenAiChatModel;\nimport org.springframework.ai.openai.api.OpenAiApi;\n\nclass Maker {\n  ChatModel make(Row row) {\n"
                "    OpenAiApi openAiApi = OpenAiApi.builder().apiKey(row.getKey()).build();\n    return OpenAiChatModel.builder().openAiApi(openAiApi).build();\n  }\n}\n"
            ),
        },
        uses=("llm",),
        hosts=("api.openai.com",),
    ),
    "a-hosted-store-that-an-option-turns-on": Layout(
        files={
            "requirements.txt": "openai==1.50\npinecone==5.4\npydantic-settings==2.6\n",
            "settings.py": "from pydantic_settings import BaseSettings\n\n\nclass Settings(BaseSettings):\n    use_pinecone: bool = False\n\n\nsettings = Settings()\n",
            "main.py": (
                "import os\n\nimport openai\nfrom pinecone import Pinecone\n\nfrom settings import settings\n\nKEY = os.environ['PINECONE_API_KEY']\n\n\ndef ask(text):\n    if settings.use_pinecone:\n        Pinecone(api_key=KEY).Index('notes').query(vector=[0.1], top_k=3)\n"
                "    return openai.OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[text])\n"
            ),
        },
        uses=("llm",),
        hosts=("api.openai.com",),
        asks=("pinecone is reached only where use_pinecone is turned on",),
        never=("pinecone.io",),
    ),
}
