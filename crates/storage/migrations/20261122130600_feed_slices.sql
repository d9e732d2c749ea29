-- A full feed is applied slice by slice. `left_out` is 1 for rows of stock that it leaves out, written down when that begins
-- (`listed` is 1 when all are); what stands up to `done_sku` and `done_location` in the order of the key is applied.
ALTER TABLE feed_rows ADD COLUMN left_out BIGINT NOT NULL DEFAULT 0;
ALTER TABLE feed_runs ADD COLUMN listed BIGINT NOT NULL DEFAULT 0;
ALTER TABLE feed_runs ADD COLUMN done_sku TEXT NOT NULL DEFAULT '';
ALTER TABLE feed_runs ADD COLUMN done_location TEXT NOT NULL DEFAULT '';
