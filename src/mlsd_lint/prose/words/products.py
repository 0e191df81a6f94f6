"""Names of products and projects as those who make them write them.

A name that is also an English word, or that its makers write in several ways (Nvidia, nginx), is
not here: nobody could say that it is wrong.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

# Nobody means anything else by these letters: in any other case they are wrong. (In capitals
# throughout they may be shouted; that is not reported.)
_IN_ANY_CASE = """
    GitHub GitLab Bitbucket CircleCI DevDocs LeetCode HackerRank CodePen JSFiddle Codecov
    JavaScript TypeScript CoffeeScript jQuery AngularJS GraphQL WebAssembly WebRTC OAuth gRPC
    OpenAPI FastAPI SQLAlchemy CherryPy IPython CPython PyPI PyCharm IntelliJ JetBrains RStudio
    MATLAB Simulink ggplot2 knitr BibTeX arXiv MathJax KaTeX
    PostgreSQL MySQL SQLite MariaDB MongoDB CouchDB Couchbase InfluxDB DuckDB RocksDB LevelDB
    CockroachDB YugabyteDB TiDB ScyllaDB DynamoDB DocumentDB HBase ClickHouse BigQuery Databricks
    Elasticsearch OpenSearch RabbitMQ ActiveMQ ZeroMQ HAProxy TimescaleDB PostGIS
    Kubernetes Kubeflow OpenShift OpenStack CloudFormation CloudFront CloudWatch Cloudflare
    DigitalOcean SageMaker VMware VirtualBox GitOps TeamCity SonarQube PagerDuty
    Grafana PyTorch TensorFlow TensorBoard TensorRT TorchServe TorchScript NumPy SciPy CuPy
    XGBoost LightGBM CatBoost AdaBoost MLflow MLlib BentoML ClearML KServe KubeRay DVCLive
    spaCy fastText LangChain LangGraph LangSmith LlamaIndex DeepSpeed OpenAI ChatGPT DeepMind
    Midjourney AlphaGo AlphaZero AlphaFold ImageNet WordNet AlexNet ResNet GoogLeNet VGGNet
    MobileNet EfficientNet DenseNet SqueezeNet DistilBERT BioBERT SciBERT
    OpenCV NetworkX GeoPandas PySpark PyArrow PyMC cuDNN cuBLAS NVLink CUDA ONNX OpenVINO
    PowerPoint SharePoint OneDrive OneNote QuickBooks WordPress YouTube LinkedIn WhatsApp TikTok
    PayPal eBay iPhone iPad iTunes iCloud macOS watchOS FedEx DoorDash HubSpot SoundCloud
    BuzzFeed SurveyMonkey GoDaddy WooCommerce BigCommerce
    CentOS FreeBSD OpenBSD NetBSD openSUSE JMeter MinGW
    Kaggle Hadoop MapReduce Facebook Instagram Airbnb Spotify Netflix DeepL
    WebKit GeForce PlayStation LibreOffice OpenOffice DreamWorks AutoCAD SolidWorks SketchUp
"""
# Letters that mean something else in lower case or otherwise: only these forms are surely wrong.
_WRONG = """
    Hugging Face: HuggingFace, Huggingface, huggingface, Hugging face, hugging Face
    Stack Overflow: StackOverflow, Stackoverflow, stackoverflow, stackOverflow
    Hacker News: HackerNews, Hackernews
    VS Code: VSCode, VScode, Vscode, vscode, VS-Code
    Power BI: PowerBI, PowerBi
    Red Hat: RedHat, Redhat
    Travis CI: TravisCI, Travis-CI
    Node.js: NodeJS, NodeJs, Nodejs, nodejs, Node.JS, node.js, Node.Js
    Vue.js: VueJS, VueJs, Vuejs, Vue.JS, vue.js
    Next.js: NextJS, NextJs, Nextjs, Next.JS
    D3.js: D3JS, D3js
    scikit-learn: Scikit-Learn, SciKit-Learn, SciKit-learn, Scikit Learn, scikit learn, SciKit Learn,
        Scikit learn, scikitlearn, ScikitLearn, Scikitlearn, Sci-kit learn, sci-kit learn, Sci-Kit Learn
    scikit-image: Scikit-Image, SciKit-Image, Scikit Image, scikit image
    JupyterLab: Jupyter Lab, Jupyterlab, jupyterlab, jupyter lab
    JupyterHub: Jupyter Hub, Jupyterhub, jupyterhub
    Jupyter notebook: Jupiter notebook, jupiter notebook
    Jupyter notebooks: Jupiter notebooks, jupiter notebooks
    Jupyter Notebook: Jupiter Notebook
    Jupyter Notebooks: Jupiter Notebooks
    macOS: Mac OSX, MacOSX
    iOS: Ios
    DALL·E: DALL-E, Dall-E, Dall-e, DALLE, DallE, Dall·E
    GPT-2: GPT2, Gpt-2, GPT 2
    GPT-3: GPT3, Gpt-3, GPT 3
    GPT-4: GPT4, Gpt-4, GPT 4
    ChatGPT: Chat GPT, Chat-GPT
    OpenAI: Open-AI
    LangChain: Lang Chain
    CIFAR-10: CIFAR10, Cifar-10, Cifar10, CIFAR 10
    CIFAR-100: CIFAR100, Cifar-100, Cifar100, CIFAR 100
    MNIST: Mnist
    SQuAD: SQuaD, SquAD, SQUaD
    Bigtable: BigTable
    BigQuery: Big Query, Big-Query
    TensorFlow: Tensor Flow, Tensor-Flow, tensor flow
    PyTorch: Py Torch, Py-Torch
    JavaScript: Java Script, Java-Script
    TypeScript: Type Script
    YouTube: You Tube
    PostgreSQL: Postgre SQL, Postgres SQL, PostgresSQL, PostgreSql, Postgresql, PostGreSQL
    SQL Server: SqlServer, SQLServer
    MongoDB: Mongo DB
    Airflow: AirFlow
    Snowflake: SnowFlake
    Redshift: RedShift
    Terraform: TerraForm
    Matplotlib: MatPlotLib, MatplotLib, MatPlotlib, Mat Plot Lib
    seaborn: SeaBorn
    pytest: PyTest, pyTest, Py.test
    LaTeX: LaTex, LateX, laTeX
    RoBERTa: RoBERTA, RoBerta
    Memcached: MemCached, MemcacheD
    pandas: PanDas
    Pydantic: PyDantic
    npm: NPM, Npm
    JUnit: Junit
    CMake: Cmake, CMAKE
    ESLint: EsLint, Eslint
    RuboCop: Rubocop
    PyInstaller: Pyinstaller
    Wi-Fi: WiFi, Wifi, wifi, WIFI, Wi-fi, wi-fi
    WebSocket: Web Socket, Websocket
    WebSockets: Web Sockets, Websockets
    Photoshop: PhotoShop
    Snapchat: SnapChat
    Topcoder: TopCoder
    Raspberry Pi: RaspberryPi, Raspberry PI, Rasberry Pi
    Google Colab: Google CoLab, Google Co-lab
    GitHub Copilot: GitHub CoPilot, Github Copilot, Github CoPilot
    GitHub: Git Hub, Git-Hub
    XGBoost: XG Boost, XG-Boost, Xg Boost
    LightGBM: Light GBM, Light-GBM
    CatBoost: Cat Boost
    ImageNet: Image-Net
    AutoML: AutoMl, Automl
    DevOps: Devops, DevOPS, Dev Ops, Dev-Ops
    MLOps: MLops, MLOPs, MlOps, Mlops, ML Ops, ML-Ops
"""


def wrong_names() -> Iterator[tuple[str, str, bool]]:
    """Each name, a form of it that is wrong, and whether it is wrong only in just that case.

    Where it is not, the form is the name in lower case, and stands for all but the name itself.
    """
    for name in _IN_ANY_CASE.split():
        yield name, name.lower(), False
    for line in _WRONG.replace(",\n", ", ").strip().splitlines():
        name, _, forms = line.strip().partition(": ")
        for form in forms.split(","):
            yield name, form.strip(), True
