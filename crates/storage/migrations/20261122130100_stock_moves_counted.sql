-- Set where the source did not tell of pieces that came or went but of how many there are, `delta` being 0. Of two such counts
-- of the same moment the one with the higher number holds.
ALTER TABLE stock_moves ADD COLUMN counted BIGINT;
