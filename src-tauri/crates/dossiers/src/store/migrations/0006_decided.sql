-- The word of the latest of its decisions. The index is partial: a new dossier has none, and an index that
-- holds a line costs its creation a page.
ALTER TABLE dossiers ADD COLUMN decided TEXT;
UPDATE dossiers SET decided =
    (SELECT d.choice FROM decisions AS d WHERE d.line = dossiers.line ORDER BY d.position DESC LIMIT 1)
    WHERE line IN (SELECT line FROM decisions);
CREATE INDEX dossiers_by_decided ON dossiers (decided) WHERE decided IS NOT NULL;
