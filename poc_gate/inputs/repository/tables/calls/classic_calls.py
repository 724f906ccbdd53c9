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
    **each("onnxruntime", "InferenceSession", Call("technique", "classic-ml", techniques=())),
}  # fmt: skip
