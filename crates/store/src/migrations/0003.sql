-- Corrections are looked up whenever records are given out.
CREATE INDEX operations_on_corrections ON operations (number) WHERE kind IN ('correct', 'undo');
