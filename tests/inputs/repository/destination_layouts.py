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
}
