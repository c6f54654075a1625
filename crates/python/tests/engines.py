"""The same bytes on an engine as from the command: `python crates/python/tests/engines.py`.

It reads reports (the samples, or the paths that are given) with the command, and on an engine in 1, 2 and 8 partitions that
are shuffled, and compares what both give: `--engine sail` (the default) or `--engine spark` (`local[2]`, which wants Java).
"""

import argparse
import os
import pathlib
import resource
import sys
import tempfile
import time

import readout
import readout.spark

SAMPLES = pathlib.Path(__file__).resolve().parents[3] / "samples" / "reports"


def connect(engine):
    """Starts an engine on this machine, and returns a session of it and what must live as long as that."""
    from pyspark.sql import SparkSession

    if engine == "spark":
        builder = SparkSession.builder.master("local[2]").config("spark.ui.enabled", "false")
        return builder.config("spark.driver.memory", "4g").getOrCreate(), None
    from pysail.spark import SparkConnectServer

    server = SparkConnectServer()
    server.start(background=True)
    _, port = server.listening_address
    return SparkSession.builder.remote(f"sc://localhost:{port}").getOrCreate(), server


def by_command(paths, folder):
    """Returns the lines of the export of a file of the reports, and the seconds that reading took."""
    record, export = os.path.join(folder, "all.readout"), os.path.join(folder, "all.jsonl")
    started = time.monotonic()
    assert readout.run(["read", *paths, "--into", record, "--threads", "2"]) == 0
    seconds = time.monotonic() - started
    assert readout.run(["export", "--file", record, "--out", export]) == 0
    with open(export, encoding="utf-8") as lines:
        return lines.read().splitlines(), seconds


def memory():
    """Returns the most memory that one process of this run had, in megabytes."""
    return max(resource.getrusage(who).ru_maxrss for who in (resource.RUSAGE_SELF, resource.RUSAGE_CHILDREN)) // 1024


def main():
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("paths", nargs="*", default=[str(SAMPLES)])
    arguments.add_argument("--engine", choices=["sail", "spark"], default="sail")
    arguments.add_argument("--partitions", default="1,2,8")
    asked = arguments.parse_args()
    # Workers are processes of this Python.
    os.environ.setdefault("PYSPARK_PYTHON", sys.executable)
    with tempfile.TemporaryDirectory() as folder:
        expected, seconds = by_command(asked.paths, folder)
        print(f"the command: {len(expected)} records in {seconds:.1f} s")
        from pyspark.sql.functions import rand

        spark, _server = connect(asked.engine)
        spark.dataSource.register(readout.spark.Reports)
        failed = 0
        for number in map(int, asked.partitions.split(",")):
            documents = [spark.read.format("readout").load(path) for path in asked.paths]
            whole = documents[0]
            for more in documents[1:]:
                whole = whole.union(more)
            place = os.path.join(folder, f"records-{number}")
            started = time.monotonic()
            shuffled = whole.orderBy(rand(number)).repartition(number)
            readout.spark.annotate(shuffled).write.parquet(place)
            read = time.monotonic() - started
            linked = readout.spark.link(spark.read.parquet(place))
            found = [row.record for row in linked.select("record").collect()]
            linking = time.monotonic() - started - read
            same = found == expected
            failed += not same
            print(
                f"{asked.engine}, {number} partitions: {len(found)} records, read {read:.1f} s, linked {linking:.1f} s: "
                f"{'the same bytes' if same else 'OTHERWISE'}"
            )
        print(f"most memory of one process: {memory()} MB")
        spark.stop()
    # The closing line that counts the cases.
    print(f"{len(asked.partitions.split(',')) - failed} passed, {failed} failed")
    os._exit(1 if failed else 0)


if __name__ == "__main__":
    main()
