-- Which change of a chart stands: the time of it, or one more than the one before. A chart that was taken out and made anew has another.
ALTER TABLE size_charts ADD COLUMN revision BIGINT NOT NULL DEFAULT 1;
