-- Programs that sign the shop's own customer ids; where it is 1 there is no `url`.
ALTER TABLE webhooks ADD COLUMN customers BIGINT NOT NULL DEFAULT 0;
