"""Words that Harper's dictionary lacks though nobody would call them misspelled.

General English and the vocabulary of computing, statistics and machine learning. Names and the
jargon of one book belong in its vocabulary.
"""

from __future__ import annotations


def names(text: str) -> frozenset[str]:
    """The words of a text between its spaces."""
    return frozenset(text.split())


WORDS = names("""
    afterwards analyses another's askers asker backfill backfilled backfilling backwards cadaster
    catalogue catalogues chargeback chargebacks contaminations cooccurrence delisted differentially etc fivefold
    fusilli
    firehose fourfold sixfold tenfold hundredfold thousandfold incl inviter licensor misspelt nitty onboarding
    penne
    preselected programme reoptimization romanized segmenter summarizer thresholding towards
    unplanted unreferenced unreviewed worklist

    collectd containerd etcd fluentd memcached nginx pydantic rsync statsd systemd

    allreduce api apis args async asynchronism autofill autoscale autoscaled autoscaler autoscaling
    backoff backoffs backpropagate backpropagated backpropagation boolean booleans bool cacheable
    canonicalize centroid centroids changelog chatbot chatbots checkpointed checkpointing cli
    codebook codec codecs config configs connectionless cpu cron csv customizable dataclass
    dataclasses dataflow dataflows dataframe dataframes datastore datastores deduplicate
    deduplicated deduplicates deduplicating deduplication deserialize deserialized deserializer
    dev devs discretize discretized discretization distributable docstring docstrings dropdown
    endian endpoint endpoints enum enums env failover fallback fallbacks fanout filesystem
    filesystems formatter formatters frontend frontends gitignore gpu gradle gzip hashmap hashmaps
    heatmap heatmaps hostname hostnames html http https hyperlink hyperlinks hyperparameter
    hyperparameters impl infra init inode inodes int ints interoperable iterable iterables json
    jsonl kbit kernels keyspace lambda latencies lifecycle linter linters lockfile lossy
    lowercase lowercased maintainer maintainers memoization memoize memoized metadata microservice
    microservices middleware multiget multithreaded namespace namespaces newline newlines noop
    normalizer num numpy offline optimizer optimizers parallelization parallelize parallelized
    parameterization parameterize parameterized parameterizing params parser parsers performant
    pipelined plugin plugins polyline polylines postprocessing precomputation precompute
    precomputed precomputes preload preloaded prefetch prefetched prefetching prefetches
    preprocess preprocessed preprocesses preprocessing preprocessor productionize productionized
    profiler profilers ptr pubsub quantization quantize quantized rebalance rebalanced rebalancing
    recomputation recompute recomputed regex regexes repo repos resizer resizers roundtrip
    roundtrips runbook runbooks runtime runtimes schemas scalability sha sharded sharding
    shortlink shortlinks softmaxes sqrt src stderr stdin stdout stringify subclass subclasses
    subcommand subcommands subdomain subdomains subgraph subgraphs submodule subnet subnets
    subprocess subprocesses subquery subsample subsampled subsampling substring substrings subtask
    subtasks subtree subword subwords syntaxes timestamp timestamped timestamps timeseries
    tokenization
    tokenize tokenized tokenizer tokenizers tokenizes tokenizing toml traceback tracebacks tuple
    tuples txt unigram unigrams unnormalized unshortened uppercase uppercased uri uris url urls
    username usernames utf uuid validator validators versioned versioning webhook webhooks
    whitespace wildcard wildcards workflow workflows workspaces writable yaml yml

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
