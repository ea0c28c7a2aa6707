-- Batches on their way to another SKU or date: where to and how far, and why the last one stayed. Sales walk around them
-- as around marked ones.
ALTER TABLE imports ADD COLUMN relocation TEXT;
ALTER TABLE imports ADD COLUMN relocation_failed TEXT;
DROP INDEX imports_marked;
CREATE INDEX imports_marked ON imports (tenant, sku) WHERE (mark <> 0 OR relocation IS NOT NULL);
