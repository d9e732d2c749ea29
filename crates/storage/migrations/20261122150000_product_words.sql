-- By which words of its name, id, brand and category a product is found. Words are bytes, which every database compares as
-- they are: texts are ordered by a language that differs between servers, and a beginning is looked for by order.
CREATE TABLE product_words (
    tenant_id TEXT NOT NULL,
    word BYTEA NOT NULL,
    product_id TEXT NOT NULL,
    PRIMARY KEY (tenant_id, word, product_id)
);
CREATE INDEX product_words_by_product ON product_words (tenant_id, product_id);
