-- Who is asked for a review, of what, and whether they have written it. `origin` names what they are asked after, so that it is done once.
CREATE TABLE review_invitations (
    tenant_id TEXT NOT NULL REFERENCES tenants (tenant_id),
    invitation_id TEXT NOT NULL,
    origin TEXT NOT NULL,
    about TEXT NOT NULL,
    subject TEXT NOT NULL,
    size TEXT,
    checked TEXT NOT NULL,
    incentive TEXT,
    experienced_on BIGINT,
    site_id TEXT NOT NULL,
    locale TEXT NOT NULL,
    created_at BIGINT NOT NULL,
    expires_at BIGINT NOT NULL,
    used_at BIGINT,
    review_id TEXT,
    PRIMARY KEY (tenant_id, invitation_id)
);
CREATE UNIQUE INDEX review_invitations_by_origin ON review_invitations (tenant_id, origin);
CREATE TABLE review_invitation_links (
    tenant_id TEXT NOT NULL,
    invitation_id TEXT NOT NULL,
    token_hash TEXT NOT NULL,
    PRIMARY KEY (tenant_id, invitation_id, token_hash),
    FOREIGN KEY (tenant_id, invitation_id) REFERENCES review_invitations (tenant_id, invitation_id)
);
CREATE UNIQUE INDEX review_invitation_links_by_token ON review_invitation_links (token_hash);
-- Personal data, apart.
CREATE TABLE review_invitation_contacts (
    tenant_id TEXT NOT NULL,
    invitation_id TEXT NOT NULL,
    name TEXT NOT NULL,
    email TEXT NOT NULL,
    email_key TEXT NOT NULL,
    PRIMARY KEY (tenant_id, invitation_id),
    FOREIGN KEY (tenant_id, invitation_id) REFERENCES review_invitations (tenant_id, invitation_id)
);
CREATE INDEX review_invitation_contacts_by_email ON review_invitation_contacts (tenant_id, email_key);
