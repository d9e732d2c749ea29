-- Whether the store sends its pieces to shoppers' homes: 1 where it does.
ALTER TABLE stores ADD COLUMN ships BIGINT NOT NULL DEFAULT 0;
