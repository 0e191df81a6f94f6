"""Words that LanguageTool's dictionary lacks: which of them are misspelled, which only unknown.

A word in lower case is taken for misspelled (P004) if a slip or two would make it a known one, or
if it is spelled as in another country. What has no such neighbour is a term or the name of a
program (P016); what names an entry, has capitals, or is a part of something longer, a name (P005).
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

from mlsd_lint.nearest import edit_distance
from mlsd_lint.prose.blocks import OBJECT
from mlsd_lint.prose.engine import Match
from mlsd_lint.prose.harper.dictionary import has_word
from mlsd_lint.prose.words.known import WORDS, names

if TYPE_CHECKING:
    from collections.abc import Sequence

_WORD = re.compile(r"[^\W\d_]+(?:['’][^\W\d_]+)*")
_GATED = re.compile(r"[a-z][a-z'’]{2,}")
_COUNTRY = re.compile(
    r"is (British|American|Australian|Canadian|New Zealand|South African) English"
)
# What makes a word a part of something longer that is none: a path, an address, a name in code.
_JOINS = "-./_\\@#:$=~+%"
_QUOTES = "\"“'‘`"
_LONG = 8  # letters of a word that two slips can leave recognizable
_SHORT = 4  # letters of a word that has neighbours by chance
# Words that are so common that a short word one slip away from them is one of them, and words to
# which others are glued.
_COMMON = names(
    """
    a about after all also an and any are as at back be been but by call can case come cost day
    did do does done down each end even ever few find first for from full get give good had has have
    help here high how if in into is it its just keep kind know last left less like line list long
    look made make many may mean more most much must name need new next no nor not now of off on
    once one only open or other our out over own part read real rest same say see seen set she should
    show side size so some such sure take test text than that the them then there they this three
    time to too train true turn two type under until up upon use used user very want was way we well
    were what when where which while who whose why will with word work would year yes you your
    """
)
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


def misspelling(
    text: str, start: int, end: int, rule: str, said: str, meant: Sequence[str]
) -> Match | None:
    """A word that the dictionary lacks; None if it is none, or known here or to Harper.

    `said` is LanguageTool's message, `meant` what it would write instead.
    """
    word = text[start:end].rstrip()
    end = start + len(word)
    if not _WORD.fullmatch(word) or len(word) < 2 or word.lower() in WORDS:
        return None
    unknown = Match(start, end, "P005", rule, f"“{word}” is not in the dictionary.", tuple(meant))
    if not _GATED.fullmatch(word) or _is_part(text, start, end):
        return unknown
    country = _COUNTRY.search(said)
    if country is not None and meant:
        message = f"“{word}” is {country[1]} English for “{meant[0]}”."
        return unknown._replace(code="P004", message=message)
    if _names_entry(text, start, end):
        return unknown
    likely = () if _recurs(text, word) else _likely(word, meant)
    if not likely:
        return None if has_word(word) else unknown._replace(code="P016")
    kept = tuple(dict.fromkeys((*likely, *meant)))
    shown = " or ".join(f"“{one}”" for one in kept)
    message = f"“{word}” is not in the dictionary; did you mean {shown}?"
    return unknown._replace(code="P004", message=message, replacements=kept)


def _likely(word: str, meant: Sequence[str]) -> tuple[str, ...]:
    """What of that a slip or two turn into the word."""
    if (
        word in _TERMS
        or has_word(word)
        or any(one != one.lower() and one.lower() == word for one in meant)
    ):
        return ()
    return tuple(one for one in meant if is_near(word, one))


def is_near(word: str, other: str) -> bool:
    """Whether a slip or two turn one word into the other, or glue two of which one is common."""
    if other != other.lower():
        return False
    if other.replace("-", "") == word:
        return True
    if " " in other:
        return other.replace(" ", "") == word and not _COMMON.isdisjoint(other.split())
    edits = edit_distance(word, other)
    if len(word) <= _SHORT:
        return edits == 1 and (sorted(word) == sorted(other) or other in _COMMON)
    return edits == 1 or (edits == 2 and len(word) >= _LONG and word[0] == other[0])


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


def _recurs(text: str, word: str) -> bool:
    """Whether a word comes up again: hardly anybody makes the same slip twice."""
    pattern = rf"(?<![^\W_]){re.escape(word)}(?![^\W_])"
    return len(re.findall(pattern, text, re.IGNORECASE)) > 1
