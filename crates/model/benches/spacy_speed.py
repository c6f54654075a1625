"""How fast spaCy is: python spacy_speed.py MODEL_FOLDER TEXTS.jsonl; the last word printed is its best tokens per
processor second. One core; several batch sizes, the best counts."""

import json
import os
import sys
import time

for name in ("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "BLIS_NUM_THREADS"):
    os.environ[name] = "1"

import spacy

nlp = spacy.load(sys.argv[1])
nlp.max_length = 10**9
texts = [json.loads(line)["text"] for line in open(sys.argv[2], encoding="utf-8")]
list(nlp.pipe(texts[:20]))
best = 0.0
for size in (64, 128, 256):
    start = time.process_time()
    tokens = sum(len(doc) for doc in nlp.pipe(texts, batch_size=size))
    speed = tokens / (time.process_time() - start)
    print(f"spaCy, batches of {size}: {tokens} tokens, {speed:.0f}/s")
    best = max(best, speed)
print(f"best of spaCy: {best:.0f}")
