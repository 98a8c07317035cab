-- What was typed for a dossier not yet made: one form at most.
CREATE TABLE draft (
    place       INTEGER PRIMARY KEY CHECK (place = 1),
    environment TEXT    NOT NULL,
    content     TEXT    NOT NULL,
    saved_at    TEXT    NOT NULL
) STRICT;
