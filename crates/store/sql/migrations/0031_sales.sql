-- What was sold, told behind the journal: by the cut, its time, the SKU (zeros for everything), the sales channel and the currency.
-- Cuts are counted by the quarter of an hour (1 everything, 2 each SKU) and by the day of UTC (3 each SKU).
CREATE TABLE sales (
    tenant {blob} NOT NULL, cut {int} NOT NULL, slot {int} NOT NULL, sku {blob} NOT NULL, channel {int} NOT NULL,
    currency {int} NOT NULL, placed {int} NOT NULL, closed {int} NOT NULL, orders {int} NOT NULL, pieces {int} NOT NULL,
    returned {int} NOT NULL, gross {int} NOT NULL, refunded {int} NOT NULL, cost {int} NOT NULL, uncosted {int} NOT NULL,
    CONSTRAINT sales_pk PRIMARY KEY (tenant, cut, slot, sku, channel, currency)
) {clustered} {hot};
-- What batches of codes earned.
CREATE TABLE batch_sales (
    tenant {blob} NOT NULL, batch {blob} NOT NULL, currency {int} NOT NULL, sold {int} NOT NULL, returned {int} NOT NULL,
    gross {int} NOT NULL, refunded {int} NOT NULL,
    CONSTRAINT batch_sales_pk PRIMARY KEY (tenant, batch, currency)
) {clustered} {hot};
DROP TABLE sums;
DROP TABLE sold;
-- The journals are followed once more from their starts.
{truncate} order_keys;
{truncate} order_facts;
{truncate} followed;
