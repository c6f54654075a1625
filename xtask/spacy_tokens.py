"""Writes what spaCy itself says of texts, to be compared with what Readout says (see docs/spacy-agreement.md).

usage: python spacy_tokens.py MODEL_FOLDER plain|paragraphs IN.jsonl OUT.jsonl
"""

import json
import sys

import spacy
from spacy.language import Language

BREAKS = "\n\r\u2028\u2029"


@Language.component("paragraphs")
def paragraphs(doc):
    """The first word after a line break starts a sentence."""
    after_break = False
    for token in doc:
        if token.is_space:
            after_break |= any(mark in token.text for mark in BREAKS)
            continue
        if after_break:
            token.is_sent_start = True
        after_break = False
    return doc


def entity(token):
    return f"{token.ent_iob_}-{token.ent_type_}" if token.ent_type_ else "O"


def main():
    folder, mode, source, target = sys.argv[1:]
    nlp = spacy.load(folder)
    nlp.max_length = 10**9
    if mode == "paragraphs":
        nlp.add_pipe("paragraphs", before="parser")
    with open(source, encoding="utf-8") as lines:
        documents = [json.loads(line) for line in lines]
    texts = ((document["text"], document["id"]) for document in documents)
    with open(target, "w", encoding="utf-8") as out:
        for doc, name in nlp.pipe(texts, as_tuples=True, batch_size=64):
            tokens = [
                [t.idx, t.idx + len(t), t.tag_, t.pos_, t.lemma_, t.head.i, t.dep_, bool(t.is_sent_start), entity(t)]
                for t in doc
            ]
            out.write(json.dumps({"id": name, "text": doc.text, "tokens": tokens}, ensure_ascii=False) + "\n")


if __name__ == "__main__":
    main()
