"""Libraries whose classes are models of tables, series and users -> whether a full name is one of them; a new library is one row."""

from __future__ import annotations

import re
from functools import lru_cache

_LIBRARIES = (
    r"sklearn\.(?:linear_model|ensemble|tree|svm|neighbors|naive_bayes|neural_network|cluster|mixture|gaussian_process|discriminant_analysis|isotonic|semi_supervised|calibration)\.[A-Z]\w+",
    r"pyspark\.ml\.(?:classification|regression|recommendation|clustering)\.[A-Z]\w+",
    r"(?:xgboost|lightgbm|catboost|ngboost|interpret|imblearn\.ensemble|lightfm|cornac|recbole|lifelines|pyod|river|econml|causalml|sksurv|tabpfn|rulefit|glum)\b[\w.]*\.[A-Z]\w+",
    r"(?:darts\.models|sktime\.(?:forecasting|classification|regression)|neuralprophet|statsforecast|neuralforecast|mlforecast|skforecast|gluonts|autots|greykite|orbit|kats|pytorch_forecasting)\b[\w.]*\.[A-Z]\w+",
    r"(?:chronos|timesfm|tabpfn_client|moirai|uni2ts)\b[\w.]*\.[A-Z]\w+",
    r"statsmodels\b[\w.]*\.(?:ARIMA|SARIMAX|VAR|OLS|GLM|Logit|ExponentialSmoothing|Holt|SimpleExpSmoothing|UnobservedComponents)",
    r"pmdarima\b[\w.]*\.(?:auto_arima|ARIMA)",
    r"autogluon\b[\w.]*\.(?:TabularPredictor|TimeSeriesPredictor|MultiModalPredictor)",
    r"(?:flaml|h2o|tpot|autosklearn|supervised|evalml|fedot|lightautoml)\b[\w.]*\.(?:AutoML|H2OAutoML|TPOT\w+|AutoSklearn\w+|AutoMLSearch|Fedot|TabularAutoML|H2O\w+Estimator)",
    r"pycaret\.\w+\.(?:setup|compare_models|create_model|load_model|predict_model)",
    r"bentoml\.(?:sklearn|xgboost|lightgbm|catboost|keras|tensorflow|pytorch|onnx|fastai|picklable_model)\.(?:get|load_model|load_runner)",
    r"gensim\.models\b[\w.]*\.(?:Word2Vec|FastText|Doc2Vec|LdaModel|LdaMulticore)|node2vec\.Node2Vec|karateclub\b[\w.]*\.[A-Z]\w+",
    r"mlflow\.pyfunc\.spark_udf|databricks\.feature_(?:store|engineering)\.Feature(?:Store|Engineering)Client",
    r"sagemaker\.(?:estimator\.Estimator|sklearn\.[\w.]*SKLearn|xgboost\.[\w.]*XGBoost|[\w.]*(?:SKLearnModel|XGBoostModel|SKLearnPredictor))",
)
_ESTIMATOR = re.compile("|".join(f"(?:{row})" for row in _LIBRARIES))
_NONE = re.compile(
    r"\.(?:DMatrix|Dataset|Pool|ModelComparison|[A-Z]\w*(?:Warning|Error|Exception|Config|Params|Metric|Scaler|Encoder|Transformer|Imputer|Splitter|DataModule|DataSet|TimeSeries))$"
)
"""Classes beside the models: data, settings, what prepares columns."""


ROOTS_OF_ESTIMATORS = frozenset(
    [
        "sklearn",
        "pyspark",
        "xgboost",
        "lightgbm",
        "catboost",
        "ngboost",
        "interpret",
        "imblearn",
        "lightfm",
        "cornac",
        "recbole",
        "lifelines",
        "lifetimes",
        "btyd",
        "pyod",
        "river",
        "econml",
        "causalml",
        "sksurv",
        "tabpfn",
        "rulefit",
        "glum",
        "darts",
        "sktime",
        "neuralprophet",
        "statsforecast",
        "neuralforecast",
        "mlforecast",
        "skforecast",
        "gluonts",
        "autots",
        "greykite",
        "orbit",
        "kats",
        "pytorch_forecasting",
        "pytorch_tabular",
        "chronos",
        "timesfm",
        "tabpfn_client",
        "moirai",
        "uni2ts",
        "statsmodels",
        "pmdarima",
        "autogluon",
        "flaml",
        "h2o",
        "tpot",
        "autosklearn",
        "supervised",
        "evalml",
        "fedot",
        "lightautoml",
        "pycaret",
        "databricks",
        "prophet",
        "implicit",
        "surprise",
        "tensorflow_decision_forests",
        "fastai",
        "gensim",
        "karateclub",
        "node2vec",
        "ultralytics",
    ]
)
"""Packages of which a model of tables, series or users can be made."""
_LOADS = re.compile(r"(?<=\w)\.(?:from_pretrained|load|load_model|load_from_checkpoint|from_checkpoint)$")
"""Methods of a class that make a model of it."""


@lru_cache(maxsize=65_536)
def is_estimator(dotted: str) -> bool:
    """Say whether a full name is a model of tables, series or users that a library makes."""
    made = _LOADS.sub("", dotted)
    return bool(_ESTIMATOR.fullmatch(made)) and not _NONE.search(made)
