"""Calls of classic models."""

from __future__ import annotations

from poc_gate.inputs.repository.tables.calls.call import ML, Call, Rows, each

CLASSIC_CALLS: Rows = {
    **each("sklearn", "LogisticRegression LinearRegression RandomForestClassifier RandomForestRegressor GradientBoostingClassifier GradientBoostingRegressor DecisionTreeClassifier DecisionTreeRegressor SVC SVR KNeighborsClassifier KNeighborsRegressor NearestNeighbors MLPClassifier Ridge Lasso ElasticNet GaussianNB MultinomialNB IsolationForest KMeans DBSCAN HistGradientBoostingClassifier HistGradientBoostingRegressor ExtraTreesClassifier AdaBoostClassifier SGDClassifier LinearSVC LinearSVR ExtraTreesRegressor TruncatedSVD NMF", Call("technique", "classic-ml", techniques=ML)),
    **each("xgboost", "XGBClassifier XGBRegressor Booster train DMatrix XGBRanker", Call("technique", "classic-ml", techniques=ML)),
    **each("lightgbm", "LGBMClassifier LGBMRegressor Booster train LGBMRanker Dataset", Call("technique", "classic-ml", techniques=ML)),
    **each("catboost", "CatBoostClassifier CatBoostRegressor CatBoost Pool CatBoostRanker", Call("technique", "classic-ml", techniques=ML)),
    **each("prophet", "Prophet", Call("technique", "classic-ml", techniques=ML)),
    **each("implicit", "AlternatingLeastSquares BayesianPersonalizedRanking", Call("technique", "classic-ml", techniques=ML)),
    **each("pyspark", "ALS RandomForestClassifier GBTClassifier LogisticRegression LinearRegression", Call("technique", "classic-ml", techniques=ML)),
    **each("surprise", "SVD KNNBasic", Call("technique", "classic-ml", techniques=ML)),
    **each("tensorflow_recommenders", "Model", Call("technique", "classic-ml", techniques=ML)),
    **each("onnxruntime", "InferenceSession", Call("technique", "runs", techniques=("runs",))),
    **each("torch", "load", Call("technique", "runs", techniques=("runs",))),
    **each("tensorflow", "Interpreter load_model import_graph_def Session Saver", Call("technique", "runs", techniques=("runs",))),
    **each("tflite_runtime", "Interpreter", Call("technique", "runs", techniques=("runs",))),
    **each("ai_edge_litert", "Interpreter", Call("technique", "runs", techniques=("runs",))),
    **each("tensorflow_hub", "load KerasLayer", Call("technique", "runs", techniques=("runs",))),
    **each("openvino", "Core", Call("technique", "runs", techniques=("runs",))),
    **each("tritonclient", "InferenceServerClient", Call("technique", "runs", techniques=("runs",))),
    **each("ovmsclient", "make_grpc_client make_http_client", Call("technique", "runs", techniques=("runs",))),
    **each("sagemaker", "PyTorch TensorFlow HuggingFace", Call("technique", "training", techniques=("training",))),
    **each("google.cloud.aiplatform", "CustomTrainingJob CustomContainerTrainingJob CustomPythonPackageTrainingJob AutoMLTabularTrainingJob AutoMLImageTrainingJob AutoMLForecastingTrainingJob", Call("technique", "training", techniques=("training", "classic-ml"))),
}  # fmt: skip
