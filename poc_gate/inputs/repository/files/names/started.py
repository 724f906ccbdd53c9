"""A file of Python -> whether it runs by itself, and whether others can take anything from it."""

from __future__ import annotations

import re

_STARTS = re.compile(
    r"(?m)__main__|^(?!load_dotenv|logging\.|warnings\.|logger\.|nest_asyncio\.|sys\.path)[A-Za-z_][\w.]*\(|^(?:for|with|while)\b|^\w+\s*=\s*\w[\w.]*\.(?:fit\w*|predict\w*|read_\w+|load)\(|\b(?:FastAPI|Flask|Quart|Starlette|Sanic|Litestar|Celery|Typer|App|Agent|FastMCP|MCPServer|WorkerOptions|DAG)\(|\bdef (?:lambda_handler|handler|main|predict|score|init|model_fn|predict_fn|run)\(|\b(?:streamlit|gradio|chainlit|modal|bentoml|django|airflow|dagster|prefect|azure\.functions|functions_framework|runpod|mesop|nicegui|reflex|dash|panel|shiny)\b|^(?![ \t]+@tool\b)[ \t]*@(?!(?:abc\.|functools\.|dataclasses\.|tenacity\.|contextlib\.)?(?:dataclass|property|staticmethod|classmethod|abstractmethod|lru_cache|cache|cached_property|contextmanager|asynccontextmanager|\w*validator|computed_field|wraps|override|overload|retry|total_ordering|trace\w*|observe|timed?|timeit|torch\.\w+|tf\.function|\w+\.setter)\b)\w"
)
"""What a file of Python holds that is started by itself, or found by a framework."""
_DEFINES = re.compile(r"(?m)^(?:class|def|async def) ")


def starts(text: str) -> bool:
    """Say whether a file of Python is started by itself, or found by a framework."""
    return _STARTS.search(text) is not None


def defines(text: str) -> bool:
    """Say whether a file of Python defines anything that others can take in."""
    return _DEFINES.search(text) is not None
