"""MLflow's side of the records benchmark: `peer_records.py CASE`, on SQLite.
It measures a part, and scales: 2,000 points to 100,000, one run to 100."""
import logging, os, sys, tempfile

os.environ["MLFLOW_DISABLE_TELEMETRY"] = "true"
logging.disable()

from mlflow import MlflowClient
from mlflow.entities import Metric, Param, RunTag

from peer_measure import milliseconds_of, tell

NAMES = ["loss", "loss.bce", "loss.dice", "learningRate"]


def batches(points):
    """Points of four metrics over the steps, in batches of 1,000."""
    for first in range(0, points // len(NAMES), 1000 // len(NAMES)):
        steps = range(first + 1, first + 1 + 1000 // len(NAMES))
        yield [
            Metric(name, 100 / step + (step * 4 + i) * 7919 % 1000 / 1000, 0, step)
            for step in steps
            for i, name in enumerate(NAMES)
        ]


with tempfile.TemporaryDirectory(prefix="cleft-bench-") as folder:
    client = MlflowClient(tracking_uri=f"sqlite:///{folder}/mlflow.db")
    experiment = client.create_experiment("bench", artifact_location=f"file://{folder}/artifacts")

    def start():
        return client.create_run(experiment).info.run_id

    def write(run, points):
        for batch in batches(points):
            client.log_batch(run, metrics=batch)

    def search(_):
        """What its page of runs asks for; it reads the last numbers alone."""
        global found
        condition = "metrics.ap > 0.4 and params.elastic = 'yes' and tags.paper != 'yes'"
        found = len(client.search_runs([experiment], condition, max_results=1000, order_by=["metrics.ap DESC"]))

    if sys.argv[1] == "search":
        for n in range(1000):
            run = start()
            numbers = [Metric(f"metric{i}", n / 1000, 0, 10_000) for i in range(5)]
            elastic = [Param("elastic", "yes" if n % 2 == 0 else "no"), Param("batch", str(2 + n % 3))]
            paper = [RunTag("paper", "yes" if n % 10 == 0 else "no")]
            client.log_batch(run, metrics=numbers + [Metric("ap", n / 1000, 0, 10_000)], params=elastic, tags=paper)
        found = 0
        ms = milliseconds_of(search, 0)
        tell(ms, found)
    elif sys.argv[1] == "write":
        runs = [start() for _ in range(4)]  # as many as there are rounds of one call
        ms = milliseconds_of(lambda call: write(runs[call], 2_000), 0) * 50
        tell(ms, 100_000)
    else:
        run, points = start(), 0
        write(run, 10_000)
        store = client._tracking_client.store

        def read(_):
            global points
            points = sum(len(client.get_metric_history(run, name)) for name in NAMES)

        def chart(_):
            """What the pages of MLflow's server ask for."""
            global points
            points = sum(len(store.get_metric_history_bulk_interval([run], name, 320, None, None)) for name in NAMES)

        ms = milliseconds_of({"read": read, "chart": chart}[sys.argv[1]], 0) * 100
        tell(ms, points * 100)
