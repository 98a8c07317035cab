-- Warnings that are marked as given and were not handed over yet, to be told as one.
CREATE TABLE warnings_to_tell (
    environment_id TEXT    NOT NULL,
    lane           TEXT    NOT NULL,
    day            INTEGER NOT NULL,
    dossiers       INTEGER NOT NULL,
    closest        INTEGER NOT NULL,
    PRIMARY KEY (environment_id, lane, day)
) STRICT, WITHOUT ROWID;
