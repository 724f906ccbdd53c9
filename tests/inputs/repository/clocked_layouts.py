"""What a clock starts, what a container runs to its end, and pipelines that the service starts and a file elsewhere defines."""

from __future__ import annotations

from layouts import Layout

_TRAINS = (
    "from sklearn.linear_model import LogisticRegression\n\nmodel = LogisticRegression()\nmodel.fit(x, y)\n"
)
_LOADS = "import joblib\n\nmodel = joblib.load('model.pkl')\nrows['score'] = model.predict(rows)\n"
_SERVES = "import joblib\nfrom fastapi import FastAPI\n\napp = FastAPI()\nmodel = joblib.load('model.pkl')\n\n\n@app.post('/score')\ndef score(row: dict):\n    return model.predict([row])\n"
_IMAGE = 'FROM python:3.12-slim\nCOPY . .\nENTRYPOINT ["./scripts/run_all.sh"]\n'
_STACK = "import { Rule, Schedule } from 'aws-cdk-lib/aws-events';\nimport { LambdaFunction } from 'aws-cdk-lib/aws-events-targets';\n\nconst rule = new Rule(this, '{0}', {\n  schedule: props.schedule ?? Schedule.cron({ hour: '2', minute: '0' }),\n});\nrule.addTarget(new LambdaFunction(this.worker));\n"
_DEFINED = "from sagemaker.workflow.steps import TrainingStep\n\nstep = TrainingStep(name='Train', estimator=estimator, inputs={})\n"

CLOCKED_LAYOUTS = {
    "a-scheduler-that-a-function-takes-in": Layout(
        files={
            "src/scoring.py": _TRAINS,
            "api/main.py": _SERVES,
            "scripts/run_scheduler.py": "import asyncio\n\n\nasync def main():\n    from apscheduler.schedulers.asyncio import AsyncIOScheduler\n    from apscheduler.triggers.cron import CronTrigger\n    from scripts.run_nightly import run_all\n\n    scheduler = AsyncIOScheduler()\n    scheduler.add_job(run_all, CronTrigger(hour='1'))\n    scheduler.start()\n\n\nasyncio.run(main())\n",
        },
        uses=("classic-ml", "training", "batch"),
    ),
    "a-timer-of-systemd": Layout(
        files={
            "src/scoring.py": _TRAINS,
            "api/main.py": _SERVES,
            "deploy/score-nightly.timer": "[Unit]\nDescription=Score all customers at night\n\n[Timer]\nOnCalendar=*-*-* 01:00:00\nPersistent=true\n",
        },
        uses=("classic-ml", "training", "batch"),
    ),
    "a-timer-that-keeps-copies": Layout(
        files={
            "api/main.py": _SERVES,
            "deploy/backup.timer": "[Unit]\nDescription=Backup of the database\n\n[Timer]\nOnCalendar=daily\n",
        },
        uses=("classic-ml",),
    ),
    "programs-one-after-the-other-in-a-container": Layout(
        files={
            "Dockerfile": _IMAGE,
            "score.py": _LOADS,
            "scripts/run_all.sh": '#!/usr/bin/env bash\nset -euo pipefail\npython fetch.py --date "$DATE"\npython join.py\npython score.py\n',
        },
        uses=("classic-ml", "batch"),
    ),
    "a-server-after-programs-in-a-container": Layout(
        files={
            "Dockerfile": _IMAGE,
            "score.py": _LOADS,
            "scripts/run_all.sh": "#!/usr/bin/env bash\npython migrate.py\npython fetch.py\nuvicorn score:app --port 80\n",
        },
        uses=("classic-ml",),
    ),
    "a-schedule-of-the-cloud-that-feeds-a-model": Layout(
        files={"package.json": '{"dependencies": {"aws-cdk-lib": "2.200.0"}}', "lib/stack.ts": _STACK.replace("{0}", "DataIngestion"), "train/train.py": _TRAINS},
        uses=("classic-ml", "training"),
        asks=("pilot.uses leaves `batch` open: a schedule of the cloud starts something (lib/stack.ts:5",),
    ),
    "a-schedule-of-the-cloud-that-trains-again": Layout(
        files={"package.json": '{"dependencies": {"aws-cdk-lib": "2.200.0"}}', "lib/stack.ts": _STACK.replace("{0}", "WeeklyRetraining"), "train/train.py": _TRAINS},
        uses=("classic-ml", "training", "batch"),
        never_asks=("leaves `batch` open",),
    ),
    "a-schedule-of-the-cloud-beside-a-chat": Layout(
        files={
            "package.json": '{"dependencies": {"aws-cdk-lib": "2.200.0"}}',
            "lib/stack.ts": _STACK.replace("{0}", "DataIngestion"),
            "app/chat.py": "from openai import OpenAI\n\nOpenAI().chat.completions.create(model='gpt-4o', messages=[])\n",
        },
        uses=("llm",),
        never_asks=("leaves `batch` open",),
    ),
    "a-pipeline-that-is-defined-among-notebooks": Layout(
        files={
            "functions/upload.py": "import boto3\n\nsm = boto3.client('sagemaker')\nruntime = boto3.client('sagemaker-runtime')\nruntime.invoke_endpoint(EndpointName='churn', ContentType='text/csv', Body='1,2')\nsm.start_pipeline_execution(\n    PipelineName='ChurnPipeline',\n    PipelineParameters=[],\n)\n",
            "notebook/pipeline.py": _DEFINED,
        },
        uses=("classic-ml", "training"),
    ),
    "a-program-among-notebooks-that-nothing-starts": Layout(
        files={
            "functions/score.py": "import boto3\n\nruntime = boto3.client('sagemaker-runtime')\nruntime.invoke_endpoint(EndpointName='churn', ContentType='text/csv', Body='1,2')\nboto3.client('codepipeline').start_pipeline_execution(name='release')\n",
            "notebook/pipeline.py": _DEFINED,
        },
        uses=("classic-ml",),
    ),
    "a-series-that-is-taken-apart": Layout(
        files={"app/parts.py": _SERVES + "\n\ndef parts(series):\n    from statsmodels.tsa.seasonal import STL\n\n    stl = STL(series, period=7)\n    return stl.fit().trend\n"},
        uses=("classic-ml",),
    ),
    "a-log-of-a-function-serves-nobody": Layout(
        files={
            "lib/log.py": "from aws_lambda_powertools import Logger\n\nlogger = Logger()\n",
            "jobs/train.py": _TRAINS,
        },
        uses=("classic-ml", "training"),
        facts={"model.hosting": "self"},
    ),
}  # fmt: skip
