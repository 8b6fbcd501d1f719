-- AUTOINCREMENT: a row id is never given out twice, so a stale index can miss a passage but never name a wrong one.
-- The text stands last in its row: what a reply shows of an article is read without it.
CREATE TABLE articles (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    id TEXT NOT NULL UNIQUE,
    title TEXT,
    outlet TEXT,
    published TEXT,
    published_known TEXT,
    published_how TEXT,
    url TEXT,
    author TEXT,
    language TEXT,
    fingerprint TEXT NOT NULL,
    dating TEXT NOT NULL,
    text TEXT NOT NULL
);
CREATE INDEX articles_by_outlet ON articles (outlet);
CREATE INDEX articles_by_day ON articles (published);
CREATE TABLE passages (
    row INTEGER PRIMARY KEY AUTOINCREMENT,
    article INTEGER NOT NULL REFERENCES articles (row) ON DELETE CASCADE,
    ordinal INTEGER NOT NULL,
    start INTEGER NOT NULL,
    stop INTEGER NOT NULL,
    annotation TEXT NOT NULL,
    UNIQUE (article, ordinal)
);
CREATE TABLE corpus (
    only_row INTEGER PRIMARY KEY CHECK (only_row = 1),
    revision TEXT NOT NULL
);
INSERT INTO corpus VALUES (1, lower(hex(randomblob(8))));
-- What a reply shows of an article.
CREATE VIEW headers AS
SELECT row, id, title, outlet, published, published_known, published_how, url, author, language
FROM articles;
-- A passage with its words, which are kept in its article alone.
CREATE VIEW stored_passages AS
SELECT
    p.row AS key, p.article, p.ordinal, p.start, p.stop, p.annotation,
    substr(a.text, p.start + 1, p.stop - p.start) AS words,
    a.id, a.title, a.outlet, a.published, a.published_known, a.published_how, a.url, a.author, a.language
FROM passages AS p JOIN articles AS a ON a.row = p.article;
