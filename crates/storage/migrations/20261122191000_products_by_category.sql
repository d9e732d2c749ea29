-- What is like a product: of its category, and there of its brand.
CREATE INDEX products_by_category ON products (category, tenant_id, brand, product_id);
