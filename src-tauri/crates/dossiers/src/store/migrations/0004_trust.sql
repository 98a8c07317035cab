-- Certificates that persons trust. position: the order they were added in.
CREATE TABLE trusted (
    position INTEGER PRIMARY KEY,
    role     TEXT    NOT NULL,
    sha256   BLOB    NOT NULL,
    der      BLOB    NOT NULL,
    source   TEXT    NOT NULL,
    added_at TEXT    NOT NULL,
    actor    TEXT,
    UNIQUE (role, sha256)
) STRICT;
