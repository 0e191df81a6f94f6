"""Terms that are spelled in several ways, of which a book should use one.

A group holds spellings of one term in one word class, so that each can stand for the others in
any sentence. Where a hyphen only tells an adjective from a noun ("open-source software", but "it
is open source"), there is no group.
"""

from __future__ import annotations

import re
from typing import TYPE_CHECKING, Literal, NamedTuple

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator, Sequence

WordClass = Literal["noun", "verb", "other"]

# The first one is taken where a book uses two equally often.
_NOUNS = """
    dataset | data set | data-set
    data point | datapoint
    data type | datatype
    data center | datacenter
    database | data base | data-base
    metadata | meta data | meta-data
    email | e-mail
    website | web site | web-site
    web page | webpage
    web app | webapp
    web server | webserver
    webhook | web hook
    homepage | home page
    blog post | blogpost
    ebook | e-book
    time series | timeseries
    timestamp | time stamp | time-stamp
    time step | timestep | time-step
    time frame | timeframe
    trade-off | tradeoff
    use case | usecase
    life cycle | lifecycle
    workflow | work flow | work-flow
    workload | work load | work-load
    hyperparameter | hyper-parameter | hyper parameter
    backpropagation | back-propagation | back propagation
    cross-validation | cross validation | crossvalidation
    co-occurrence | cooccurrence
    autoencoder | auto-encoder
    autocorrelation | auto-correlation
    autoscaling | auto-scaling
    chatbot | chat bot | chat-bot
    microservice | micro-service | micro service
    filename | file name
    file system | filesystem
    username | user-name
    hostname | host name
    namespace | name space | name-space
    codebase | code base | code-base
    endpoint | end-point
    whitespace | white space | white-space
    keyword | key word | key-word
    benchmark | bench mark | bench-mark
    bottleneck | bottle neck | bottle-neck
    checklist | check list | check-list
    roadmap | road map | road-map
    stakeholder | stake holder | stake-holder
    white paper | whitepaper
    load balancer | load-balancer
    plugin | plug-in
    backend | back-end
    frontend | front-end
    add-on | addon
    startup | start-up
    payoff | pay-off
    handoff | hand-off
    side effect | side-effect
    antipattern | anti-pattern
    prerequisite | pre-requisite
    preprocessor | pre-processor
    hyperplane | hyper-plane
    bigram | bi-gram
    n-gram | ngram
    k-means | kmeans
    subset | sub-set
    subtask | sub-task
    subgraph | sub-graph
    subnetwork | sub-network
    subword | sub-word
    substring | sub-string
    subdirectory | sub-directory
    subdomain | sub-domain
    subsample | sub-sample
    superset | super-set
    nonlinearity | non-linearity
    smartphone | smart phone | smart-phone
    health care | healthcare
    cybersecurity | cyber security | cyber-security
    e-commerce | ecommerce
    A/B test | AB test | A-B test
    A/B testing | AB testing | A-B testing
    judgment | judgement
    acknowledgment | acknowledgement
    adviser | advisor
    adapter | adaptor
    bookkeeping | book-keeping | book keeping
"""
_VERBS = """
    fine-tune | finetune | fine tune
    pretrain | pre-train
    preprocess | pre-process
    postprocess | post-process
    precompute | pre-compute
    predefine | pre-define
    prefetch | pre-fetch
    retrain | re-train
    reuse | re-use
    rerun | re-run
    rerank | re-rank
    reweight | re-weight
    resample | re-sample
    rescale | re-scale
    reindex | re-index
    reimplement | re-implement
    rebalance | re-balance
    reevaluate | re-evaluate
    overfit | over-fit
    underfit | under-fit
    oversample | over-sample
    undersample | under-sample
    downsample | down-sample
    upsample | up-sample
    cross-validate | cross validate
    backpropagate | back-propagate | back propagate
    cooperate | co-operate
    coordinate | co-ordinate
    crowdsource | crowd-source
    whitelist | white-list
    blacklist | black-list
"""
_OTHERS = """
    real-time | realtime
    multi-task | multitask
    multi-class | multiclass
    multi-label | multilabel
    multimodal | multi-modal
    multilayer | multi-layer
    multivariate | multi-variate
    multithreaded | multi-threaded
    multithreading | multi-threading
    multiprocessing | multi-processing
    multilingual | multi-lingual
    multidimensional | multi-dimensional
    multi-tenant | multitenant
    semi-supervised | semisupervised
    unsupervised | un-supervised
    nonlinear | non-linear
    nonparametric | non-parametric
    nonnegative | non-negative
    nonzero | non-zero
    nontrivial | non-trivial
    non-stationary | nonstationary
    non-deterministic | nondeterministic
    bidirectional | bi-directional
    unidirectional | uni-directional
    feedforward | feed-forward
    autoregressive | auto-regressive
    handcrafted | hand-crafted
    handwritten | hand-written
    click-through | clickthrough
    ad hoc | ad-hoc
    online | on-line
    offline | off-line
    worldwide | world-wide
    percent | per cent
    naive | naïve
    toward | towards
"""
_UNPLAIN = re.compile("[‐‑’\u00a0]")
_SAME = {ord("‐"): "-", ord("‑"): "-", ord("’"): "'", ord("\u00a0"): " "}
_DOUBLED = frozenset({"fit", "rerun", "re-run"})  # what doubles its last letter, by how it ends


class Term(NamedTuple):
    """A term that is spelled in several ways; the first is preferred where none is more frequent."""

    word_class: WordClass
    spellings: tuple[str, ...]


def terms(configured: Iterable[Sequence[str]]) -> Iterator[Term]:
    """The terms of a configuration, and those that are known and share no spelling with them."""
    own = [Term("noun", tuple(one)) for one in configured if len(one) > 1 and all(one)]
    yield from own
    taken = {spelling.lower() for one in own for spelling in one.spellings}
    for term in _built_in_terms():
        if taken.isdisjoint(term.spellings):
            yield term


def _built_in_terms() -> Iterator[Term]:
    """The terms that are known without a configuration."""
    groups: tuple[tuple[WordClass, str], ...] = (
        ("noun", _NOUNS),
        ("verb", _VERBS),
        ("other", _OTHERS),
    )
    for word_class, text in groups:
        for line in text.strip().splitlines():
            yield Term(word_class, tuple(one.strip() for one in line.split("|")))


def plain_text(text: str) -> str:
    """A text in lower case, of the same length, with plain hyphens, apostrophes and spaces."""
    lower = text.lower()
    if text.isascii():
        return lower
    if len(lower) != len(text):
        lower = "".join([small if len(small := one.lower()) == 1 else one for one in text])
    return lower.translate(_SAME) if _UNPLAIN.search(lower) else lower


def inflected(spelling: str, word_class: WordClass) -> tuple[str, ...]:
    """The forms of a spelling, always in the same order; the spelling itself is the first."""
    if word_class == "noun":
        return (spelling, plural(spelling))
    return _conjugated(spelling) if word_class == "verb" else (spelling,)


def plural(noun: str) -> str:
    """The regular plural of a noun, or the noun itself if it looks like one."""
    if noun.endswith("s") and not noun.endswith("ss"):
        return noun
    if noun.endswith(("ss", "x", "z", "ch", "sh")):
        return f"{noun}es"
    if noun.endswith("y") and noun[-2:-1] not in set("aeiou"):
        return f"{noun[:-1]}ies"
    return f"{noun}s"


def _conjugated(verb: str) -> tuple[str, ...]:
    if verb.endswith("e"):
        return (verb, f"{verb}s", f"{verb}d", f"{verb[:-1]}ing")
    stem = verb + verb[-1] if verb.endswith(tuple(_DOUBLED)) else verb
    third = f"{verb}es" if verb.endswith(("s", "x", "ch", "sh")) else f"{verb}s"
    return (verb, third, f"{stem}ed", f"{stem}ing")
