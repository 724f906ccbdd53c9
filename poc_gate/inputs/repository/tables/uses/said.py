"""Words in which projects describe themselves -> the uses that they speak of."""

from __future__ import annotations

import re

_SPOKEN: tuple[tuple[str, re.Pattern[str]], ...] = (
    ("agent", re.compile(r"(?i)\bagents?\b|\bagentic\b|tool[- ](?:call|us)|function[- ]calling|\bMCP\b|model context protocol")),
    ("retrieval", re.compile(r"(?i)\bRAG\b|retrieval[- ]augmented|(?:semantic|vector|similarity|hybrid) search|(?:chat|talk|question)\w* (?:with|over|about|to) (?:your|own|the)? ?(?:data|docs|documents?|pdfs?|files|notes|website)|knowledge base")),
    ("llm", re.compile(r"(?i)\bLLMs?\b|language models?|\bGPT\b|ChatGPT|generative|\bchat ?bots?\b|\bClaude\b|\bGemini\b|\bprompts?\b|\bchat (?:user interface|UI|app|application|interface|client|window)\b")),
    ("classic-ml", re.compile(r"(?i)machine learning|\bML\b|classif(?:y|ier|ication)|regression|predict(?:s|ion|ing)?\b|forecast|recommend(?:er|ation)|detect(?:ion|or|s)\b|recogni[sz]|segmentation|speech|transcri|text[- ]to[- ]speech|computer vision|\bOCR\b")),
    ("senses", re.compile(r"(?i)speech|transcri|\bwhisper\b|subtitl|text[- ]to[- ]speech|\bTTS\b|\bSTT\b|\bASR\b|voice (?:clon|synth)|computer vision|\bOCR\b|(?:object|face|pose) (?:detect|recogni)|image (?:classif|segment|recogni)|background remov")),
    ("evaluates", re.compile(r"(?i)\bevaluat(?:e|es|ing|ion) (?:of |for |your |and )?(?:\w+ ){0,3}(?:LLM|language model|RAG|agent|application|pipeline)|\b(?:LLM|RAG|model|continuous)[- ]?eval(?:s|uation)?\b")),
    ("gateway", re.compile(r"(?i)\b(?:AI|LLMs?|API|model|bedrock|openai|inference)[- ]?(?:gateway|proxy|router)\b|\bgateway (?:to|for) |\bproxy (?:to|for|server)|route[sr]? (?:\w+ ){0,6}(?:between|across|to|over) (?:\w+\+? ){0,4}(?:LLM|model|provider)|load[- ]balanc\w+ (?:\w+ ){0,4}(?:openai|LLM|model)|access (?:\w+ ){0,6}models? (?:\w+ ){0,3}through openai|openai[- ](?:API[- ])?compatible (?:\w+ ){0,2}server")),
)  # fmt: skip


def spoken_of(text: str) -> tuple[tuple[str, str], ...]:
    """Return each use that a description speaks of, with the words that say so."""
    found = ((use, pattern.search(text)) for use, pattern in _SPOKEN)
    return tuple((use, match[0].strip()) for use, match in found if match is not None)


EMBEDDED_IN_A_DATABASE = "a database embeds texts"
"""Reason of the mark that shows a database which makes vectors itself."""
