-- The last that were asked first, page by page.
CREATE INDEX review_invitations_newest ON review_invitations (created_at DESC, invitation_id DESC, tenant_id);
