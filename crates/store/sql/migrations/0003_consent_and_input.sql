-- That the buyer agreed that a seen code is not taken back: which text, and when.
ALTER TABLE orders ADD COLUMN consent TEXT;
ALTER TABLE orders ADD COLUMN consent_at {int};
-- What a buyer answered to the fields of the products, as one sealed value; most orders have none.
CREATE TABLE order_inputs (
    tenant {blob} NOT NULL, order_id {blob} NOT NULL, sealed {blob} NOT NULL,
    CONSTRAINT order_inputs_pk PRIMARY KEY (tenant, order_id)
) {clustered};
