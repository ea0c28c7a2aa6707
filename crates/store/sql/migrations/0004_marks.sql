-- Batches that are frozen or voided. mark: 0 open, 1 frozen, 2 voided; mark_from is where the job that carries the
-- mark to the codes goes on. A pool counts its batches that sales must walk around meanwhile.
ALTER TABLE imports ADD COLUMN mark {int} NOT NULL DEFAULT 0;
ALTER TABLE imports ADD COLUMN first_position {blob};
ALTER TABLE imports ADD COLUMN last_position {blob};
ALTER TABLE imports ADD COLUMN mark_from {blob};
ALTER TABLE pools ADD COLUMN walled {int} NOT NULL DEFAULT 0;
CREATE INDEX imports_marked ON imports (tenant, sku) WHERE mark <> 0;
UPDATE imports SET
    first_position = (SELECT c.position FROM codes c WHERE c.sku = imports.sku AND c.batch = imports.batch
        ORDER BY c.position LIMIT 1),
    last_position = (SELECT c.position FROM codes c WHERE c.sku = imports.sku AND c.batch = imports.batch
        ORDER BY c.position DESC LIMIT 1);
-- A tag leads to its code, so that a code is found by its number.
ALTER TABLE code_tags ADD COLUMN sku {blob};
ALTER TABLE code_tags ADD COLUMN position {blob};
UPDATE code_tags SET sku = c.sku, position = c.position FROM codes c WHERE c.tag = code_tags.tag;
