-- A tenant is one brand with its network of stores. `revision` counts every change to what storefronts
-- are shown, so that each API instance knows when to rebuild its indexes.
CREATE TABLE tenants (
    tenant_id TEXT NOT NULL PRIMARY KEY,
    name TEXT NOT NULL,
    revision BIGINT NOT NULL
);
