"""Opens every form that Readout writes with a reader that is not Readout's own.

    python tests/formats.py target/debug/readout FILE.readout

Each check says what it counted. A check whose package is missing is skipped and named; `pip install -r
tests/formats.txt` has all of them. Ends with 1 if a check fails.
"""

import collections
import hashlib
import importlib
import json
import pathlib
import sqlite3
import subprocess
import sys
import tempfile

CHECKS = []


def check(*packages):
    """Marks a function as a check that needs the packages."""
    return lambda function: CHECKS.append((function.__name__, packages, function))


class Record:
    """The record under test: its exports in a folder of their own."""

    def __init__(self, program, file, folder):
        self.program, self.file, self.folder = program, file, folder
        lines = [json.loads(line) for line in self.text("export").splitlines()]
        self.kinds = collections.Counter(it["kind"] for it in lines)
        self.texts = {it["id"]: it["text"] for it in lines if it["kind"] == "document"}
        self.records = {it["id"]: it for it in lines}

    def text(self, *arguments):
        done = subprocess.run([self.program, *arguments, "--file", self.file], capture_output=True, check=True)
        return done.stdout.decode("utf-8")

    def export(self, form, *more):
        """Returns the path of an export: a file, or a folder for forms of several files."""
        path = self.folder / f"out.{form}"
        if not path.exists():
            arguments = [self.program, "export", "--file", self.file, "--format", form, "-o", path, *more]
            subprocess.run(arguments, capture_output=True, check=True)
        return path


def same(found, wanted, what):
    if found != wanted:
        raise AssertionError(f"{what}: {found}, not {wanted}")


@check("pyarrow")
def parquet_and_arrow(record):
    import pyarrow.feather
    import pyarrow.parquet

    rows = 0
    for path in sorted(record.export("parquet").glob("*.parquet")):
        table = pyarrow.parquet.read_table(path)
        other = pyarrow.feather.read_table(record.export("arrow") / f"{path.stem}.arrow")
        same(other.to_pylist(), table.to_pylist(), path.stem)
        rows += table.num_rows
        if path.stem == "statements":
            same(table.num_rows, record.kinds["statement"], "statements")
    return f"{rows} rows"


@check("pandas", "pyarrow")
def pandas_reads_csv_as_parquet(record):
    import pandas

    cells = 0
    for path in sorted(record.export("parquet").glob("*.parquet")):
        typed = pandas.read_parquet(path)
        for form, separator in (("csv", ","), ("tsv", "\t")):
            plain = pandas.read_csv(record.export(form) / f"{path.stem}.{form}", sep=separator, dtype=str)
            same(list(plain.columns), list(typed.columns), path.stem)
            same(len(plain), len(typed), path.stem)
            cells += plain.size
    return f"{cells} cells"


@check("polars", "pyarrow")
def polars_filters(record):
    import polars

    folder = record.export("parquet")
    tolls = polars.read_parquet(folder / "incidents.parquet").filter(polars.col("killed_min") > 0).sort("published_day")
    wanted = sum(1 for it in record.records.values() if it["kind"] == "incident" and (it.get("killed") or [0])[0])
    same(tolls.height, wanted, "incidents with a toll")
    return f"{tolls.height} incidents with a toll"


@check("duckdb")
def duckdb_counts(record):
    import duckdb

    folder = record.export("parquet")
    query = f"""select outlet, count(*) from '{folder}/statements.parquet'
                where list_contains(speaker, 'person:barack-obama') group by 1"""
    found = sum(number for _, number in duckdb.sql(query).fetchall())
    speakers = (it["speaker"] for it in record.records.values() if it["kind"] == "statement")
    same(found, sum("person:barack-obama" in it for it in speakers), "statements of one")
    return f"{found} statements of one"


@check("openpyxl")
def openpyxl_opens_the_workbook(record):
    import openpyxl

    book = openpyxl.load_workbook(record.export("xlsx"), read_only=True)
    sheets = {sheet.title: sum(1 for _ in sheet.rows) - 1 for sheet in book.worksheets}
    same(sheets["statements"], record.kinds["statement"], "statements")
    return f"{len(sheets)} sheets, {sum(sheets.values())} rows"


@check()
def layouts_have_their_columns(record):
    wide = {"polecat": 40, "icews": 20, "gdelt-events": 61, "gdelt-mentions": 16}
    rows = 0
    for form, columns in wide.items():
        for line in record.export(form).read_text(encoding="utf-8").splitlines():
            same(line.count("\t") + 1, columns, form)
            rows += 1
    return f"{rows} rows"


@check("pandas")
def incident_layouts(record):
    import pandas

    acled, ucdp = (pandas.read_csv(record.export(it)) for it in ("acled", "ucdp"))
    same((len(acled.columns), len(ucdp.columns)), (31, 49), "columns")
    same(len(acled), len(ucdp), "incidents")
    return f"{len(acled)} incidents"


@check("icalendar")
def icalendar_reads_deadlines(record):
    import icalendar

    calendar = icalendar.Calendar.from_ical(record.export("ics").read_bytes())
    events = calendar.walk("VEVENT")
    assert all(it["DTSTART"].dt < it["DTEND"].dt for it in events), "a deadline ends before it begins"
    return f"{len(events)} deadlines"


@check()
def json_forms(record):
    slides = json.loads(record.export("timelinejs").read_bytes())["events"]
    assert all(it["start_date"]["year"] for it in slides), "a slide without a year"
    points = json.loads(record.export("geojson").read_bytes())["features"]
    for it in points:
        longitude, latitude = it["geometry"]["coordinates"][:2]
        assert -180 <= longitude <= 180 and -90 <= latitude <= 90, it
    return f"{len(slides)} slides, {len(points)} points"


@check()
def web_annotations_are_where_they_say(record):
    page = json.loads(record.export("web-annotation").read_bytes())
    for it in page["items"]:
        for target in it["target"]:
            text = record.texts[target["readout:document"]]
            same(hashlib.sha256(text.encode()).hexdigest(), target["readout:sha256"], "hash")
            place, quote = target["selector"]
            same(text[place["start"] : place["end"]], quote["exact"], it["id"])
            same(text[max(0, place["start"] - 32) : place["start"]], quote["prefix"], it["id"])
    return f"{len(page['items'])} annotations"


@check("rdflib")
def web_annotations_are_linked_data(record):
    import rdflib

    page = json.loads(record.export("web-annotation").read_bytes())
    # The context of the W3C is on the web; what counts here is that ours expands.
    page["@context"] = [{"@vocab": "http://www.w3.org/ns/oa#", "id": "@id", "type": "@type"}, *page["@context"][1:]]
    graph = rdflib.Graph().parse(data=json.dumps(page), format="json-ld")
    annotation = rdflib.URIRef("http://www.w3.org/ns/oa#Annotation")
    same(len(set(graph.subjects(rdflib.RDF.type, annotation))), len(page["items"]), "annotations")
    return f"{len(graph)} triples"


@check("pybrat")
def brat_is_parsed(record):
    from pybrat.parser import BratParser

    folder, spans = record.export("brat"), 0
    examples = BratParser(error="ignore").parse(folder)
    same(len(examples), len(list(folder.glob("*.txt"))), "reports")
    for example in examples:
        for entity in example.entities:
            words = " ".join(example.text[it.start : it.end] for it in entity.spans)
            same(entity.mention.split(), words.split(), entity)
            spans += 1
    return f"{spans} spans in {len(examples)} reports"


@check()
def webanno_positions_are_utf16(record):
    """WebAnno has no reader in Python: the positions are held against the text by hand."""
    tokens = 0
    for path in sorted(record.export("webanno").glob("*.tsv")):
        text = record.texts[path.stem.replace("doc-", "doc:")].encode("utf-16-le")
        for line in path.read_text(encoding="utf-8").splitlines():
            cells = line.split("\t")
            if len(cells) < 4 or line.startswith("#"):
                continue
            start, end = map(int, cells[1].split("-"))
            word = text[2 * start : 2 * end].decode("utf-16-le")
            same(cells[2].replace("\\", ""), word.replace("\\", ""), path.stem)
            tokens += 1
    return f"{tokens} tokens"


@check("conllu")
def conllu_trees(record):
    import conllu

    words = 0
    sentences = conllu.parse(record.export("conllu").read_text(encoding="utf-8"))
    document = None
    for sentence in sentences:
        document = sentence.metadata.get("newdoc id", document)
        sentence.to_tree()
        joined = ""
        for token in sentence:
            more = token["misc"] or {}
            text = record.texts[document][int(more["start_char"]) : int(more["end_char"])]
            same(" ".join(text.split()), token["form"], sentence.metadata["sent_id"])
            joined += token["form"] + ("" if more.get("SpaceAfter") == "No" else " ")
            words += 1
        same(joined.strip(), sentence.metadata["text"].strip(), sentence.metadata["sent_id"])
    return f"{words} words in {len(sentences)} sentences"


@check("followthemoney")
def followthemoney_takes_every_entity(record):
    from followthemoney import model

    schemata = collections.Counter()
    known, named = set(), set()
    for line in record.export("ftm").read_text(encoding="utf-8").splitlines():
        data = json.loads(line)
        entity = model.get_proxy(data)
        for name, values in data["properties"].items():
            # What the model cleans away is a value that it does not take.
            assert entity.get(name), f"{data['id']}: {name} {values} is not taken"
        known.add(entity.id)
        named.update(value for prop, value in entity.itervalues() if prop.type.name == "entity")
        schemata[entity.schema.name] += 1
    same(sorted(named - known), [], "entities that are named and not there")
    return ", ".join(f"{number} {name}" for name, number in schemata.most_common())


@check("networkx")
def networkx_reads_networks(record):
    import networkx

    counts = set()
    for form, read in (("graphml", networkx.read_graphml), ("gexf", networkx.read_gexf)):
        path = record.folder / f"network.{form}"
        path.write_text(record.text("network", "--format", form, "--nodes", "both"), encoding="utf-8")
        graph = read(path)
        counts.add((graph.number_of_nodes(), graph.number_of_edges()))
    same(len(counts), 1, "nodes and edges")
    return "{} nodes, {} edges".format(*counts.pop())


@check()
def dna_statements_are_where_they_say(record):
    file = sqlite3.connect(record.export("dna"))
    same(file.execute("PRAGMA integrity_check").fetchone()[0], "ok", "integrity")
    same(file.execute("PRAGMA foreign_key_check").fetchall(), [], "keys")
    query = """select Notes, Text, Start, Stop, Value from STATEMENTS
               join DOCUMENTS on DOCUMENTS.ID = DocumentId
               join DATALONGTEXT on StatementId = STATEMENTS.ID"""
    rows = file.execute(query).fetchall()
    for document, text, start, stop, ids in rows:
        same(text, record.texts[document], document)
        words = text.encode("utf-16-le")[2 * start : 2 * stop].decode("utf-16-le")
        passage = record.records[ids.split()[1]]["text"]
        assert words.startswith(passage.split(" … ")[0]), (words, passage)
    return f"{len(rows)} statements"


@check("bibtexparser")
def citations(record):
    import bibtexparser

    some = [id for id, it in record.records.items() if it["kind"] in ("statement", "quote", "story")][:20]
    for id in some:
        entries = bibtexparser.loads(record.text("cite", id, "--format", "bibtex")).entries
        items = json.loads(record.text("cite", id, "--format", "csl-json"))
        same([it["ID"].replace("-", ":", 1) for it in entries], [it["id"] for it in items], id)
    return f"{len(some)} records"


def main():
    if len(sys.argv) != 3:
        sys.exit(__doc__)
    failed = skipped = 0
    with tempfile.TemporaryDirectory() as folder:
        record = Record(*sys.argv[1:], pathlib.Path(folder))
        for name, packages, function in CHECKS:
            told = name.replace("_", " ")
            try:
                for package in packages:
                    importlib.import_module(package)
            except ImportError as error:
                skipped += 1
                print(f"skipped  {told}: {error}")
                continue
            try:
                print(f"ok       {told}: {function(record)}")
            except Exception as error:  # noqa: BLE001 (every check is to be told)
                failed += 1
                print(f"FAILED   {told}: {type(error).__name__}: {str(error)[:400]}")
    print(f"{len(CHECKS) - failed - skipped} ok, {failed} failed, {skipped} skipped")
    sys.exit(1 if failed else 0)


if __name__ == "__main__":
    main()
