"""Replicas of small pilots with classic models, and of pilots beside which such a model only sees, hears or sorts."""

from __future__ import annotations

from layouts import Layout

_ASKS = "from openai import OpenAI\n\nanswer = OpenAI().chat.completions.create(model='gpt-4o-2024-08-06', messages=[])\n"

CLASSIC_LAYOUTS: dict[str, Layout] = {
    "a-recipe-of-mlflow": Layout(
        files={
            "recipe.yaml": 'recipe: "regression/v1"\ntarget_col: "fare"\ningest: {{INGEST_CONFIG}}\nsteps:\n  split: {using: "split_ratios"}\n  train:\n    using: "custom"\n    estimator_method: estimator_fn\n',
            "steps/train.py": "def estimator_fn(given={}):\n    from sklearn.linear_model import SGDRegressor\n\n    return SGDRegressor(**given)\n",
        },
        uses=("classic-ml", "training"),
        facts={"model.kind": "tabular", "model.hosting": "self"},
    ),
    "a-forecast-by-a-library-of-series": Layout(
        files={
            "forecast.py": "import pandas as pd\nfrom darts import TimeSeries\nfrom darts.models import NBEATSModel\n\nseries = TimeSeries.from_dataframe(pd.read_csv('sales.csv'))\nmodel = NBEATSModel(input_chunk_length=24, output_chunk_length=12)\nmodel.fit(series)\n",
            "requirements.txt": "darts==0.30.0\npandas==2.2.0\n",
        },
        uses=("classic-ml", "training"),
    ),
    "a-demo-that-sees": Layout(
        files={
            "app.py": "import cv2\nimport streamlit as st\n\nnet = cv2.dnn.readNetFromCaffe('deploy.prototxt', 'weights.caffemodel')\nst.title('objects')\n",
            "requirements.txt": "opencv-python-headless\nstreamlit\n",
        },
        uses=("classic-ml",),
        facts={"model.kind": "vision", "model.hosting": "self"},
    ),
    "a-service-that-hears": Layout(
        files={"main.py": "import os\nimport whisper\nfrom fastapi import FastAPI\n\napp = FastAPI()\nmodel = whisper.load_model(os.environ['SIZE'])\n"},
        uses=("classic-ml",),
    ),
    "a-network-in-a-format-for-runs": Layout(
        files={"main.py": "import onnxruntime\nfrom flask import Flask\n\napp = Flask(__name__)\nsession = onnxruntime.InferenceSession('weights.onnx')\n"},
        uses=("classic-ml",),
    ),
    "pictures-of-text-beside-a-language-model": Layout(
        files={
            "read.py": "import pytesseract\nfrom transformers import pipeline\n\ntext = pytesseract.image_to_string(page)\nsort = pipeline('zero-shot-classification', model='facebook/bart-large-mnli')\n",
            "answer.py": _ASKS,
        },
        uses=("llm",),
        models=(("chat", "gpt-4o-2024-08-06"),),
        facts={"model.kind": "llm"},
    ),
    "a-graph-that-was-trained-elsewhere": Layout(
        files={
            "core/model.py": "import tensorflow as tf\n\ngraph = tf.Graph()\nwith graph.as_default():\n    tf.import_graph_def(definition, name='')\nsession = tf.compat.v1.Session(graph=graph)\n",
            "requirements.txt": "tensorflow==2.6.0\nPillow==8.3.2\n",
        },
        uses=("classic-ml",),
    ),
    "groups-of-texts-beside-a-language-model": Layout(
        files={"group.py": "from sklearn.cluster import DBSCAN\n\nlabels = DBSCAN(eps=0.1).fit_predict(heights)\n", "answer.py": _ASKS},
        uses=("llm",),
    ),
    "films-by-their-likeness": Layout(
        files={
            "app.py": "import pickle\nimport streamlit as st\n\nmovies = pickle.load(open('movies.pkl', 'rb'))\nsimilarity = pickle.load(open('similarity.pkl', 'rb'))\nst.button('Recommend')\n",
            "requirements.txt": "streamlit\npandas\n",
        },
        uses=("classic-ml",),
        facts={"model.safe_format": "False", "model.hosting": "self"},
    ),
    "a-server-of-models-beside-a-language-model": Layout(
        files={
            "service/detect.py": "from tritonclient.grpc import service_pb2\n\n\ndef detect(image, stub, threshold):\n    request = service_pb2.ModelInferRequest()\n    request.model_name = 'shelf'\n    return bounding_boxes(stub.ModelInfer(request), threshold)\n",
            "service/spelling.py": _ASKS,
            "service/jobs.py": "from google.cloud import batch_v1\n\nclient = batch_v1.BatchServiceClient()\n",
        },
        uses=("llm", "classic-ml", "batch"),
    ),
    "a-server-of-models-that-writes": Layout(
        files={
            "app.py": "from tritonclient.grpc import service_pb2\n\n\ndef classify(prompt, stub):\n    request = service_pb2.ModelInferRequest()\n    request.parameters['max_tokens'].int64_param = 64\n    return stub.ModelInfer(request)\n",
            "chat.py": _ASKS,
        },
        uses=("llm",),
    ),
    "a-network-of-a-library-of-its-own": Layout(
        files={
            "sun/forecast.py": "import torch\nfrom sunlight.models import SunModel\n\n\nclass Forecast:\n    def __init__(self, repository, revision):\n        self.model = SunModel.from_pretrained(repository, revision=revision)\n\n    @torch.inference_mode()\n    def predict(self, rows):\n        return self.model(rows).cpu().numpy()\n",
            "requirements.txt": "torch==2.3.1\nsunlight==1.0\n",
        },
        uses=("classic-ml",),
    ),
    "a-bot-that-labels-and-hands-on": Layout(
        files={
            "bot/app.py": "import os\nfrom flask import Flask\nfrom flask_sqlalchemy import SQLAlchemy\nfrom google.cloud import pubsub\nfrom tensorflow.keras.models import load_model\n\napp = Flask(__name__)\napp.config['SQLALCHEMY_DATABASE_URI'] = os.getenv('DATABASE_URL')\ndb = SQLAlchemy(app)\nmodel = load_model('labels.hdf5')\npublisher = pubsub.PublisherClient()\n",
            "script/secrets.py": "from google.cloud import storage\n\nstorage.Client().bucket('keys')\n",
            "requirements.txt": "flask==3.0\nflask-sqlalchemy==3.1\npsycopg2-binary==2.9\ngoogle-cloud-pubsub==2.21\ntensorflow==2.15\n",
        },
        uses=("classic-ml",),
        sources=("postgresql", "pubsub"),
        asks=("only scripts reach gcs",),
    ),
    "alerts-by-a-web-hook": Layout(
        files={
            "app.py": "import os\nimport requests\nfrom fastapi import FastAPI\nfrom sklearn.ensemble import IsolationForest\n\napp = FastAPI()\nCHURN_THRESHOLD = 0.35\nmodel = IsolationForest()\nTENANT = os.environ['TENANT']\nKEYS_URL = f'https://{TENANT}.signin.shoppers.dev/keys'\n\n\ndef warn(text):\n    requests.post(os.environ['ALERT_SLACK_WEBHOOK_URL'], json={'text': text, 'see': os.environ['PLATFORM_URL']})\n",
            ".env": "PLATFORM_URL=https://platform.shoppers.dev\n",
        },
        uses=("classic-ml",),
        hosts=("hooks.slack.com",),
        asks=("*.signin.shoppers.dev",),
        facts={"model.decision_threshold": "0.35"},
        never=("platform.shoppers.dev",),
    ),
    "networks-of-which-a-setting-chooses-one": Layout(
        files={
            "train.py": "import tensorflow as tf\n\n\ndef base(name):\n    if name == 'resnet':\n        return tf.keras.applications.ResNet50(weights='imagenet')\n    if name == 'mobile':\n        return tf.keras.applications.MobileNetV2(weights='imagenet')\n    return tf.keras.applications.EfficientNetB0(weights='imagenet')\n\n\nmodel = base(settings.name)\nmodel.fit(rows)\n",
        },
        uses=("classic-ml", "training"),
        asks=("train.py can make 3 networks, and a setting chooses one: EfficientNetB0, MobileNetV2, ResNet50",),
        never=("ResNet50",),
    ),
    "recommendations-of-lists-in-a-bucket": Layout(
        files={
            "README.md": "# Lists\n\nA recommender of add-ons for a browser.\n",
            "lists/recommenders/locale_recommender.py": "import numpy as np\n\n\ndef recommend(locale, limit):\n    return np.argsort(weights[locale])[:limit]\n",
            "lists/profile.py": "from google.cloud import bigtable\n\nclient = bigtable.Client(project='p', admin=False)\n",
            "requirements.txt": "numpy==1.26.4\ngoogle-cloud-bigtable==2.23\n",
        },
        uses=("classic-ml",),
        sources=("bigtable",),
    ),
    "a-device-that-sees": Layout(
        files={
            "eye/vision.py": "import onnxruntime\nfrom huggingface_hub import hf_hub_download\n\nMODEL_REPO_ID = 'towers/yolo11s_smoke'\nsession = onnxruntime.InferenceSession(hf_hub_download(MODEL_REPO_ID, 'smoke.onnx'))\n",
            ".env.example": "COMET_API_KEY=\n",
            "eye/report.py": "import os\n\nkey = os.environ['COMET_API_KEY']\n",
        },
        uses=("classic-ml",),
        models=(("vision", "towers/yolo11s_smoke"),),
        hosts=("huggingface.co", "www.comet.com"),
        facts={"model.hosting": "self"},
    ),
    "links-by-walks-over-a-network": Layout(
        files={
            "dags/house_keeping.py": "from airflow import DAG\n\nwith DAG(dag_id='housekeeping', schedule='0 3 * * *') as dag:\n    pass\n",
            "src/train_walks.py": "from node2vec import Node2Vec\n\nmodel = Node2Vec(graph, dimensions=64).fit(window=10)\nmodel.save('walks.model')\n",
            "compose.yaml": "services:\n  scheduler:\n    image: apache/airflow:3.1.7\n    environment:\n      AIRFLOW__WEBSERVER__BASE_URL: ${AIRFLOW_WEBSERVER_BASE_URL:-https://plans.shoppers.dev/airflow/}\n",
        },
        uses=("classic-ml", "training", "batch"),
        never=("pipeline.refresh", "plans.shoppers.dev"),
    ),
}  # fmt: skip
