"""Words that Harper's dictionary lacks though nobody would call them misspelled.

General English and the vocabulary of computing, statistics and machine learning. Names and the
jargon of one book belong in its vocabulary.
"""

from __future__ import annotations


def names(text: str) -> frozenset[str]:
    """The words of a text between its spaces."""
    return frozenset(text.split())


WORDS = names("""
    acknowledgement acknowledgements adaptively addon addons afterwards analyses another's
    asker askers backdoor backdoors backfill backfilled backfilling backwards bootcamp
    bootcamps cadaster catalogue catalogues chargeback chargebacks cheatsheet cheatsheets
    comms contaminations cooccurrence delisted differentially ebook ebooks etc facto falsy
    firehose fishbone fivefold followee followees fourfold franca fusilli granularities
    hardcopy headless headlessly hundredfold incl inviter journaled judgement judgements licensor lingua lookup
    mindset mindsets misordering misspelt nitty onboarding penne playbook playbooks polysemy
    posteriori preselected priori proficiencies programme reindent reindented reoptimization
    romanized scaffolded scaffolding segmenter sharable sixfold sizeable spammy spellchecker spellcheckers summand summands summarizer
    tenfold thousandfold thresholding timeframe timeframes todo todos toolchain toolchains
    toolset toolsets towards truthy tunable tunables unplanted unreferenced unreviewed
    upstreamed walkthrough walkthroughs webpage webpages wishlist wishlists worklist worldview
    writeup writeups

    bcrypt boto ccache cgo cmark collectd conda containerd cspell ctypes curl dbus etcd
    fluentd functools gevent glibc gunzip heapq isort jinja memcached mruby ncurses nginx
    ngrep orjson pflag pydantic rehype rpart rsync sbatch sbt socat statsd strace systemd timm
    tmux umount wandb whois

    adversarially aleatoric allreduce anycast api apis arg args async asynchronism autofill
    autoregressively autoscale autoscaled autoscaler autoscaling backoff backoffs
    backpropagate backpropagated backpropagation bool boolean booleans broadcastable builtin
    builtins busbw cacheable callable callables camelcase canonicalize cardinalities centroid
    centroids changelog changeset changesets chatbot chatbots checkpointed checkpointing
    chiplet chiplets cli clonable codebook codec codecs commandline composability config
    configs configurability connectionless convnet convnets cpu cron csv customizable
    datacenter datacenters dataclass dataclasses dataflow dataflows dataframe dataframes
    datapoint datapoints datastore datastores decompress deduplicate deduplicated deduplicates
    deduplicating deduplication deserialize deserialized deserializer dev devel devs
    dimensionalities discretization discretize discretized discriminative distributable dists
    docstring docstrings dotfile dotfiles downsample downsampled downsampling dropdown dtype
    dtypes dunder endian endpoint endpoints enum enums env ethernet evolvable failover
    failovers fallback fallbacks fanout filesystem filesystems fixup fixups foreach formatter
    formatters freqs frontend frontends frontmatter fullstack gitignore goroutine goroutines
    gpu gradle gzip hashmap hashmaps heatmap heatmaps hostname hostnames hotfix hotfixes
    hparam hparams html http https hyperlink hyperlinks hyperparameter hyperparameters impl
    implementor implementors infra init inits inode inodes int interoperable ints invariance
    invariances invertible iterable iterables json jsonl kbit kernels keybinding keybindings
    keyspace keyspaces keystore keystores lambda latencies lifecycle linter linters lockfile
    lockfiles lossy lowercase lowercased maintainer maintainers manpage manpages markdown
    memoization memoize memoized metadata microservice microservices middleware migrator
    minifier minifiers mixin mixins modularization modularize modularized monomial monomials
    monorepo monorepos multicast multiget multiset multisets multithreaded mutex mutexes
    namespace namespaces nestable newline newlines noop normalizer notational notationally num
    numpy observability offline optim optimality optimizer optimizers overline parallelization
    parallelize parallelized parameterization parameterize parameterized parameterizing
    parametrization parametrizations parametrize parametrized params parser parsers performant
    pipelined plugin plugins polyline polylines postprocessing precomputation precompute
    precomputed precomputes preds prefetch prefetched prefetches prefetching preload preloaded
    preprocess preprocessed preprocesses preprocessing preprocessor proactivity productionize
    productionized productization profiler profilers proto ptr pubsub quantization quantize quantized
    readline rebalance rebalanced rebalancing recomputation recompute recomputed regex regexes
    repo repos reproducibility resizer resizers roundtrip roundtrips runbook runbooks runtime
    runtimes scalability schemas semver serde sha sharded sharding shortlink shortlinks
    softmaxes sqrt src stderr stdin stdlib stdout strided stringify subclass subclasses
    subcluster subcommand subcommands subdirs subdomain subdomains subgraph subgraphs
    submodule subnet subnets subprocess subprocesses subquery subsample subsampled subsampling
    subsetting substring substrings subtask subtasks subtree subtype subtypes subword subwords
    surprisal syntaxes testbed testbeds timeseries timestamp timestamped timestamps
    tokenization tokenize tokenized tokenizer tokenizers tokenizes tokenizing toml traceback
    tracebacks tuple tuples txt uncompress uncompressed unicast unigram unigrams unnormalized
    unshortened uppercase uppercased upsample upsampled upsampling uri uris url urls username
    usernames utf uuid validator validators variational versioned versioning walltime warmup
    warmups wasm webapp webapps webhook webhooks webserver webservers whitespace whitespaces
    wildcard wildcards workflow workflows workspaces writable yaml yml

    ablation ablations argmax argmin autoencoder autoencoders autocorrelation autoregressive
    backprop bandit bandits bagging bigram bigrams binarize binarized bootstrapped bootstrapping
    cepstral classifier classifiers collinear collinearity contrastive contrastively convolution
    convolutional convolutions covariate covariates cov crossentropy denoise denoised denoising
    detokenize dilations dimensionality distilled distil embedding embeddings ensembling
    explainability explainable feedforward finetune finetuned finetunes finetuning generalizable
    gridsearch heteroscedastic homoscedastic importances imputation impute imputed imputer
    interpretability isotonic kurtosis labeler labelers learnable lemmatize lemmatization listwise
    loadings logit logits logprob logprobs lookahead lookups mel minibatch minibatches misclassified
    misclassification misclassify misclassifications multiclass multilabel multimodal multinomial
    nat nats neuromorphic ngram ngrams outlier outliers overfit overfits overfitted overfitting
    oversample oversampled oversampling pairwise parallelizable perceptron perceptrons petascale
    pointwise pretrain pretrained pretraining pretrains quantile quantiles quartile quartiles
    regressor regressors regularizer regularizers rerank reranked reranker rerankers reranking
    resample resampled resampling retrain retrained retraining retrains saliency scikit segmenters
    sigmoid sigmoidal softmax spectrogram spectrograms stationarity stopword stopwords subgradient
    summarization tensor tensors trainings transformer transformers trigram trigrams underfit
    underfits underfitting undersample undersampled undersampling unlabeled unsupervised
    vectorize vectorized vectorizer zeroth
    """)
"""In lower case; each is right in any case, and with “'s” behind it."""
