"""Tests of the installed wheel: `python crates/python/tests/check.py`.

They run in an environment in which the wheel is installed, from the root of the repository: the docstrings of the module, the
examples of docs/how-to/python.md, the command beside the module, and the tests below.
"""

import concurrent.futures
import doctest
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest

import readout

ROOT = pathlib.Path(__file__).resolve().parents[3]
SAMPLES = ROOT / "samples" / "reports"


def lines(table):
    """Returns the lines of the export in a table of records."""
    import pyarrow

    return pyarrow.table(table).column("record").to_pylist()


class Wheel(unittest.TestCase):
    def setUp(self):
        self.folder = pathlib.Path(tempfile.mkdtemp())
        self.addCleanup(shutil.rmtree, self.folder)

    def command(self, *words):
        """Runs the installed command, which must be the one of this environment."""
        program = pathlib.Path(sys.executable).parent / "readout"
        return subprocess.run(
            [program, *words], cwd=self.folder, capture_output=True, encoding="utf-8", check=False
        )

    def test_the_command_reads_the_samples_and_prints_a_brief(self):
        read = self.command("read", str(SAMPLES), "--into", "samples.readout")
        self.assertEqual((read.returncode, read.stdout), (0, ""), read.stderr)
        brief = self.command("brief", "--file", "samples.readout")
        self.assertIn("Barack Obama spoke by telephone with Iranian President Hassan Rouhani", " ".join(brief.stdout.split()))
        self.assertEqual(self.command("--version").stdout, f"readout {readout.__version__}\n")
        self.assertEqual(self.command("brief", "--nonsense").returncode, 2)
        self.assertEqual(self.command("show", "statement:none", "--file", "samples.readout").returncode, 1)
        # The module gives the rows that the command gives.
        export = self.command("export", "--file", "samples.readout").stdout.splitlines()
        self.assertEqual(lines(readout.Corpus.open(self.folder / "samples.readout").records()), export)

    def test_batches_in_threads_give_what_one_batch_gives(self):
        import pyarrow

        documents = pyarrow.table(readout.documents(SAMPLES)).combine_chunks()
        whole = pyarrow.table(readout.annotate(documents))
        singles = [documents.slice(at, 1).to_batches()[0] for at in range(documents.num_rows)]
        with concurrent.futures.ThreadPoolExecutor(4) as pool:
            parts = list(pool.map(readout.annotate, singles))
        self.assertTrue(all(isinstance(part, pyarrow.RecordBatch) for part in parts))
        self.assertEqual(pyarrow.Table.from_batches(parts), whole)
        self.assertEqual(pyarrow.Table.from_batches(readout.annotate(iter(singles))), whole)
        self.assertEqual(lines(readout.link(pyarrow.Table.from_batches(parts[::-1]))), lines(readout.link(whole)))

    def test_tables_go_to_the_packages_that_people_use(self):
        import duckdb
        import polars
        import pyarrow

        corpus = readout.Corpus.create(self.folder / "samples.readout")
        corpus.read(SAMPLES)
        statements = corpus.statements()
        rows = len(statements)
        self.assertGreater(rows, 10)
        self.assertEqual(polars.DataFrame(statements).height, rows)
        self.assertEqual(pyarrow.table(statements).num_rows, rows)
        self.assertEqual(duckdb.sql("select count(*) from statements").fetchall(), [(rows,)])
        few = corpus.statements(actor=["Obama", "Putin"], since="2013", kind="direct", to=None)
        self.assertTrue(0 < len(few) < rows)
        # What other packages make comes back: polars with its own strings, DuckDB's results.
        documents = polars.DataFrame(readout.documents(SAMPLES))
        again = readout.annotate(documents.lazy().filter(polars.col("id").is_not_null()).collect())
        self.assertEqual(lines(again), lines(readout.annotate(readout.documents(SAMPLES))))

    def test_what_is_wrong_is_said(self):
        with self.assertRaisesRegex(OSError, "hint: make it with"):
            readout.Corpus.open(self.folder / "none.readout")
        corpus = readout.Corpus.create(self.folder / "empty.readout")
        with self.assertRaisesRegex(ValueError, "there is no filter speaker; there are actor"):
            corpus.statements(speaker="Obama")
        with self.assertRaisesRegex(ValueError, "since=yesterday"):
            corpus.statements(since="yesterday")
        with self.assertRaisesRegex(LookupError, "nobody is called Obama"):
            corpus.statements(actor="Obama")
        with self.assertRaisesRegex(ValueError, "there is no table said; there are documents"):
            corpus.table("said")
        with self.assertRaisesRegex(TypeError, "list is no table of Arrow"):
            readout.annotate([1, 2])


def documentation(loader, tests, _pattern):
    """Adds the docstrings of the module, and the Python blocks of the page."""
    tests.addTests(doctest.DocTestSuite(readout))
    page = ROOT / "docs" / "how-to" / "python.md"
    blocks = re.findall(r"```python\n(.*?)```", page.read_text(encoding="utf-8"), re.DOTALL)
    text = "\n".join(block for block in blocks if ">>>" in block)
    parsed = doctest.DocTestParser().get_doctest(text, {}, page.name, str(page), 0)
    before = os.getcwd()

    def prepare(_):
        folder = tempfile.mkdtemp()
        shutil.copytree(SAMPLES, pathlib.Path(folder) / "reports")
        os.chdir(folder)

    def leave(_):
        folder = os.getcwd()
        os.chdir(before)
        shutil.rmtree(folder)

    tests.addTest(doctest.DocTestCase(parsed, 0, prepare, leave))
    return tests


load_tests = documentation

if __name__ == "__main__":
    unittest.main(verbosity=2)
