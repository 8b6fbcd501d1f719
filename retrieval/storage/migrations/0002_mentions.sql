-- What the body sentences of a passage name, for questions that want all there is of a kind or of a day. The database
-- itself derives it from the passage's annotation, which stays the truth.
CREATE TABLE mentions (
    passage INTEGER NOT NULL REFERENCES passages (row) ON DELETE CASCADE,
    kind TEXT NOT NULL,
    value TEXT NOT NULL,
    detail TEXT
);
CREATE INDEX mentions_by_value ON mentions (kind, value, passage);
CREATE INDEX mentions_by_passage ON mentions (passage);
CREATE VIEW annotated_mentions AS
SELECT DISTINCT
    p.row AS passage,
    json_extract(m.value, '$.kind') AS kind,
    json_extract(m.value, '$.value') AS value,
    json_extract(m.value, '$.detail') AS detail
FROM passages AS p, json_each(p.annotation, '$.mentions') AS m
WHERE json_extract(m.value, '$.value') IS NOT NULL AND EXISTS (
    SELECT 1 FROM json_each(p.annotation, '$.sentences') AS s
    WHERE coalesce(json_extract(s.value, '$.part'), 'body') = 'body'
    AND json_extract(s.value, '$.span.start') <= json_extract(m.value, '$.span.start')
    AND json_extract(m.value, '$.span.end') <= json_extract(s.value, '$.span.end')
);
INSERT INTO mentions SELECT passage, kind, value, detail FROM annotated_mentions;
CREATE TRIGGER passage_mentions AFTER INSERT ON passages BEGIN
    INSERT INTO mentions SELECT passage, kind, value, detail FROM annotated_mentions WHERE passage = NEW.row;
END;
