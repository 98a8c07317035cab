CREATE TRIGGER found_insert AFTER INSERT ON dossiers WHEN new.search_text <> '' BEGIN
    INSERT INTO found (rowid, search_text) VALUES (new.line, new.search_text);
END;
CREATE TRIGGER found_update AFTER UPDATE OF search_text ON dossiers
    WHEN old.search_text <> new.search_text
BEGIN
    INSERT INTO found (found, rowid, search_text)
        SELECT 'delete', old.line, old.search_text WHERE old.search_text <> '';
    INSERT INTO found (rowid, search_text)
        SELECT new.line, new.search_text WHERE new.search_text <> '';
END;
CREATE TRIGGER found_delete AFTER DELETE ON dossiers WHEN old.search_text <> '' BEGIN
    INSERT INTO found (found, rowid, search_text) VALUES ('delete', old.line, old.search_text);
END;
