-- The store to which the warehouse that is asked sends the pieces, where they are fetched.
ALTER TABLE reservations ADD COLUMN delivered_to TEXT;
CREATE INDEX reservations_by_delivery ON reservations (tenant_id, delivered_to, state) WHERE delivered_to IS NOT NULL;
