"""Words that LanguageTool's dictionary lacks: which of them are misspelled, which only unknown.

A word in lower case is taken for misspelled (P004) if a slip makes it of a known one, or
if it is spelled as in another country. What has no such neighbour is a term or the name of a
program (P016); what names an entry, has capitals, or is a part of something longer, a name (P005).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlsd_lint.prose.blocks import OBJECT
from mlsd_lint.prose.engine import Match
from mlsd_lint.prose.harper.dictionary import has_word
from mlsd_lint.prose.words.known import names
from mlsd_lint.prose.words.unknown import COMMON, SMALL_WORD, WORD, is_known, is_near, message

if TYPE_CHECKING:
    from collections.abc import Sequence

    from mlsd_lint.config.prose import English

_COUNTRY = re.compile(
    r"is (British|American|Australian|Canadian|New Zealand|South African) English"
)
# What makes a word a part of something longer that is none: a path, an address, a name in code.
_JOINS = "-./_\\@#:$=~+%"
_QUOTES = "\"“'‘`"
# Short words besides to which others are glued, or which a slip makes of a short word.
_COMMON = COMMON | names(
    """
    a an as at be by did do done end ever few full help if in is it line no nor of on or real should
    so text to until up upon use we whose would
    """
)
# To which others are glued by a slip; two longer words are written as one sooner or later.
_SMALLEST = names("a an and any as at by each every for in is it no of or so the to use")
# Terms and names of programs that a slip would make a word.
_TERMS = names(
    """
    aiohttp airflow anyio asyncio automl autotune celery conda cupy cython dagster dask dbt dblp
    diarization diarized docker dspy duckdb embedder embedders etcd eval evals exo faiss fastapi
    fasttext featurize featurized featurizer flax gensim git github gitlab grafana grpc hadoop hdfs
    httpcore httpx hydra ibis interactable jax jenkins jinja jupyter kafka keras kedro kibana kotlin
    kubernetes lemmatization lemmatize lemmatized lemmatizer logit logits loopback luigi lychee
    markdownlint matplotlib memcache memcached mlflow modin mypy nagios neo nginx nix nltk numba
    numpy nutch ollama onnx opencv optuna pandas pastebin pgvector pillow polars postgres prefect
    prometheus pydantic pymarkdown pyspark pytest pytorch quantizer quarto rabbitmq ranker rankers
    ray redis reranked reranker rerankers reranking rmarkdown ruff rumdl rust scala scikit scipy
    scrapy seaborn seldon shap shellcheck sklearn actionlint codespell yamllint sniffio softmax solr spacy spark sphinx sqlite statsd
    statsmodels stemmer subword subwords svelte terraform tokenizer tokenizers tqdm trino uvicorn
    vale vite vue wandb xgboost yaml zookeeper
    """
)


def is_right(word: str, said: str, english: English | None) -> bool:
    """Whether a word is right though the dictionary lacks it, of which LanguageTool `said` this.

    Where the book has no English (None), so is a word of another country.
    """
    return is_known(word, english) or (english is None and _COUNTRY.search(said) is not None)


def misspelling(
    text: str, start: int, end: int, rule: str, said: str, meant: Sequence[str]
) -> Match | None:
    """A word that the dictionary lacks; None if it is none, or Harper's dictionary has it.

    `said` is LanguageTool's message, `meant` what it would write instead.
    """
    word = text[start:end].rstrip()
    end = start + len(word)
    if not WORD.fullmatch(word) or len(word) < 2:
        return None
    unknown = Match(start, end, "P005", rule, message(word, ()), tuple(meant))
    if not SMALL_WORD.fullmatch(word) or _is_part(text, start, end):
        return unknown
    country = _COUNTRY.search(said)
    if country is not None and meant:
        spelled = f"“{word}” is {country[1]} English for “{meant[0]}”."
        return unknown._replace(code="P004", message=spelled)
    if _names_entry(text, start, end):
        return unknown
    likely = _likely(word, meant)
    if not likely:
        return None if has_word(word) else unknown._replace(code="P016")
    kept = tuple(dict.fromkeys((*likely, *meant)))
    return unknown._replace(code="P004", message=message(word, kept), replacements=kept)


def _likely(word: str, meant: Sequence[str]) -> tuple[str, ...]:
    """What of that a slip turns into the word."""
    if (
        word in _TERMS
        or has_word(word)
        or any(one != one.lower() and one.lower() == word for one in meant)
    ):
        return ()
    return tuple(one for one in meant if _is_meant(word, one))


def _is_meant(word: str, other: str) -> bool:
    """Whether a slip makes one word of the other, or glues two of which one is common."""
    if other == other.lower() and other.replace("-", "") == word:
        return True
    if " " in other:
        return other.replace(" ", "") == word and not _SMALLEST.isdisjoint(other.split())
    return is_near(word, other, _COMMON)


def _is_part(text: str, start: int, end: int) -> bool:
    """Whether the word is a part of something longer, as of `torch.nn`, or given as it is."""
    before, behind = text[max(start - 1, 0) : start], text[end : end + 2]
    if before and (before in _JOINS or before in _QUOTES or before.isalnum()):
        return True
    return bool(behind) and (
        behind[0] in "-/_\\@=~+"
        or behind[0].isalnum()
        or (behind[0] in ".:" and behind[1:].isalnum())
    )


def _names_entry(text: str, start: int, end: int) -> bool:
    """Whether a word names an entry, as in "torchtune - a library"."""
    before, behind = text[:start].strip(f" {OBJECT}"), text[end:].lstrip(f" {OBJECT}")
    return not before and (not behind or behind[0] in "-–—:(")
