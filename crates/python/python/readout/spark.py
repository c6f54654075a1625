"""Readout on Spark, and on engines that speak its protocol, such as Sail.

    spark.dataSource.register(readout.spark.Reports)
    documents = spark.read.format("readout").load("reports")
    records = readout.spark.annotate(documents)
    whole = readout.spark.link(records)

`annotate` works on any partition by itself. `link` brings all rows of records to one task, since whoever is one actor, one
story or one happening is decided over all reports; so it takes the memory that the command takes.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from pyspark.sql.datasource import DataSource, DataSourceReader, InputPartition

import readout

if TYPE_CHECKING:
    import pyarrow
    from pyspark.sql import DataFrame

__all__ = ["DOCUMENTS", "RECORDS", "Reports", "annotate", "link"]

#: The columns of documents.
DOCUMENTS = ", ".join(f"{name} string" for name in readout.schema("documents").columns)
#: The columns of records.
RECORDS = "kind string, id string, doc string, number int, record string"
#: Bytes of files that are read as one partition; a larger file is one by itself.
PARTITION = 32 << 20


def annotate(documents: DataFrame) -> DataFrame:
    """Reads reports into rows of records. `documents` are those of the data source, or any rows with a column `text`."""
    return documents.mapInArrow(readout.annotate, RECORDS)


def link(records: DataFrame) -> DataFrame:
    """Links all reports, and returns the rows of the whole record, as a file of the same reports gives them out."""
    from pyspark.sql.functions import lit

    return records.groupBy(lit("all")).applyInArrow(readout.link, RECORDS)


class Reports(DataSource):
    """Reports of every form that Readout reads: folders, WARC, feeds, bundles of press databases, JSON Lines, PDF …"""

    @classmethod
    def name(cls) -> str:
        return "readout"

    def schema(self) -> str:
        return DOCUMENTS

    def reader(self, schema: Any) -> DataSourceReader:
        return _Reader(self.options.get("path", ""))


class _Files(InputPartition):
    def __init__(self, under: str, files: list[str]) -> None:
        super().__init__(files)
        self.under = under
        self.files = files


class _Reader(DataSourceReader):
    def __init__(self, path: str) -> None:
        if not path:
            raise ValueError("name what to read: spark.read.format('readout').load(PATH)")
        self.path = path

    def partitions(self) -> list[InputPartition]:
        partitions: list[InputPartition] = []
        some: list[str] = []
        size = 0
        for file in readout.files(self.path):
            some.append(file)
            size += os.path.getsize(file)
            if size >= PARTITION:
                partitions.append(_Files(self.path, some))
                some, size = [], 0
        return [*partitions, _Files(self.path, some)] if some else partitions

    def read(self, partition: InputPartition) -> Iterator[pyarrow.RecordBatch]:
        import pyarrow

        assert isinstance(partition, _Files)
        for batch in readout.iter_documents(*partition.files, under=partition.under):
            yield from pyarrow.table(batch).to_batches()
