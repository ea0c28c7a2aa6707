//! Ways to damage a database, by the check that must find them. Each is plain SQL of both engines.

/// What can be done that a check must see; nothing for a check that nobody thought of.
pub fn of(check: &str) -> &'static [&'static str] {
    DAMAGES.iter().find(|(name, _)| *name == check).map_or(&[], |(_, damages)| damages)
}

/// Damages by the name of the check.
const DAMAGES: &[(&str, &[&str])] = &[
        ("postings_balance", &[
            "UPDATE accounts SET balance = balance + 1 WHERE kind = 4",
            "UPDATE transfers SET amount = amount + 1 WHERE reason = 4",
            "DELETE FROM transfers WHERE reason = 2",
            "DELETE FROM accounts WHERE kind = 6",
        ]),
        ("units_sum_to_zero", &[
            "UPDATE accounts SET balance = balance + 1 WHERE kind = 3",
            "UPDATE accounts SET unit = 840 WHERE kind = 4",
            "DELETE FROM accounts WHERE kind = 5",
        ]),
        ("bounds", &[
            "UPDATE accounts SET balance = -1 WHERE kind = 1",
            "UPDATE accounts SET held = balance + 1 WHERE kind = 2",
            "UPDATE accounts SET held = -1 WHERE kind = 1",
            "UPDATE accounts SET held = 1 WHERE kind = 4",
        ]),
        ("holds", &[
            "UPDATE accounts SET held = held + 1 WHERE held > 0",
            "UPDATE holds SET state = 3 WHERE state = 1",
            "UPDATE holds SET posted = posted + 1 WHERE state = 2",
            "UPDATE holds SET posted = amount + 1 WHERE state = 2",
            "DELETE FROM holds WHERE state = 2",
        ]),
        ("wallet_chain", &[
            "UPDATE transfers SET debit_balance = debit_balance + 1 WHERE reason = 2",
            "UPDATE transfers SET credit_previous = NULL WHERE reason = 1",
            "UPDATE accounts SET last_transfer = NULL WHERE kind = 1",
            "UPDATE accounts SET last_transfer =
                (SELECT id FROM transfers WHERE reason = 1 ORDER BY id LIMIT 1) WHERE kind = 1",
        ]),
        ("code_has_one_line", &[
            "UPDATE codes SET line = line + 1 WHERE order_id IS NOT NULL",
            "UPDATE codes SET state = 1 WHERE order_id IS NOT NULL",
            "UPDATE codes SET state = 3 WHERE state = 5",
            "UPDATE codes SET state = 6 WHERE state = 3",
            "UPDATE order_lines SET codes = (SELECT l.codes FROM order_lines l WHERE l.delivered = 1
                ORDER BY l.tenant, l.order_id LIMIT 1) WHERE delivered = 1",
        ]),
        ("lines_have_their_codes", &[
            "UPDATE order_lines SET delivered = delivered - 1",
            "UPDATE order_lines SET codes = substr(codes, 25) WHERE length(codes) > 0",
            "UPDATE codes SET order_id = NULL, line = NULL, state = 1 WHERE order_id IS NOT NULL",
            "UPDATE order_lines SET vouchers = NULL WHERE vouchers IS NOT NULL",
            "UPDATE vouchers SET line = line + 1 WHERE order_id IS NOT NULL",
        ]),
        ("vouchers", &[
            "UPDATE vouchers SET remaining = remaining - 1 WHERE state = 1",
            "UPDATE vouchers SET unearned = unearned + 1 WHERE state = 1",
            "UPDATE vouchers SET state = 3 WHERE state = 1",
            "UPDATE accounts SET balance = balance + 1 WHERE kind = 30",
            "UPDATE accounts SET balance = balance + 1 WHERE kind = 34",
            "UPDATE redemptions SET taken = taken + 1 WHERE reversed_at IS NULL",
            "UPDATE redemptions SET reversed_at = 1 WHERE reversed_at IS NULL",
            "DELETE FROM voucher_tags WHERE voucher = (SELECT id FROM vouchers ORDER BY id LIMIT 1)",
        ]),
        ("contents", &[
            "UPDATE accounts SET balance = balance + 1 WHERE kind = 40",
            "UPDATE order_lines SET content = NULL WHERE content IS NOT NULL",
            "UPDATE order_lines SET content = 9 WHERE content IS NOT NULL",
            "DELETE FROM contents WHERE number = 1",
            "UPDATE contents SET number = number + 1 WHERE number = 2",
        ]),
        ("orders_end", &[
            "UPDATE order_lines SET refunded = quantity + 1 WHERE refunded > 0",
            "UPDATE orders SET expires_at = 1 WHERE expires_at IS NULL AND closed IS NULL",
            "UPDATE orders SET closed = NULL WHERE closed IS NOT NULL",
            "UPDATE payments SET amount = amount + 1 WHERE state = 3",
            "UPDATE orders SET payment = id WHERE payment IS NOT NULL",
            "UPDATE refunds SET amount = amount + 1 WHERE cause = 1",
            "UPDATE receipts SET amount = amount + 1",
            "DELETE FROM refunds WHERE cause <> 1",
            "UPDATE receipts SET applied = applied - 1 WHERE applied > 0",
            "UPDATE holds SET state = 3 WHERE state = 1 AND debit_kind = 2",
            "DELETE FROM work WHERE kind = 4",
        ]),
        ("recharges", &[
            "UPDATE payments SET amount = amount + 1 WHERE wallet IS NOT NULL AND state = 3",
            "UPDATE payments SET wallet = id WHERE wallet IS NOT NULL AND state = 3",
            "UPDATE transfers SET reason = 1 WHERE reason = 7
                AND credit IN (SELECT id FROM accounts WHERE kind = 1)",
        ]),
        ("buyers", &[
            "DELETE FROM buyer_ids WHERE tag = (SELECT tag FROM buyers ORDER BY tag LIMIT 1)",
            "UPDATE buyers SET id = tag",
            "UPDATE buyer_ids SET tag = id",
        ]),
        ("stock_equals_codes", &[
            "UPDATE codes SET state = 4 WHERE state = 1",
            "UPDATE accounts SET balance = balance + 1 WHERE kind = 2",
            "DELETE FROM codes WHERE state = 5",
            "UPDATE codes SET state = 6 WHERE state = 9",
        ]),
        ("pool_marks", &[
            "UPDATE pools SET swept = (SELECT position FROM codes c WHERE c.sku = pools.sku
                AND c.state = 1 ORDER BY position DESC LIMIT 1)
             WHERE sku IN (SELECT sku FROM codes WHERE state = 1)",
            "UPDATE pools SET low = (SELECT position FROM codes c WHERE c.sku = pools.sku
                AND c.state = 1 ORDER BY position DESC LIMIT 1)
             WHERE sku IN (SELECT sku FROM codes WHERE state = 1)",
            "DELETE FROM pools WHERE sku = (SELECT sku FROM codes ORDER BY sku LIMIT 1)",
        ]),
        ("marks", &[
            "UPDATE imports SET mark = 1 WHERE mark = 0 AND accepted > 0",
            "UPDATE imports SET mark_from = NULL WHERE mark_from IS NOT NULL",
            "DELETE FROM work WHERE kind = 8",
            "UPDATE pools SET walled = walled + 1",
            "UPDATE imports SET last_position = first_position",
            "UPDATE imports SET first_position = NULL, last_position = NULL",
        ]),
        ("code_tags", &[
            "UPDATE code_tags SET code = (SELECT code FROM code_tags ORDER BY tag LIMIT 1)",
            "DELETE FROM code_tags WHERE code IN (SELECT substr(position, 9) FROM codes WHERE state = 1)",
            "UPDATE code_tags SET exact = (SELECT exact FROM code_tags ORDER BY tag LIMIT 1)",
            "UPDATE code_tags SET code = tag",
            "INSERT INTO code_lookups (tenant, tag, code) SELECT tenant, tag, tag FROM code_tags ORDER BY tag LIMIT 1",
            "UPDATE imports SET held = held + 1",
            "DELETE FROM codes WHERE state = 1",
        ]),
        ("idempotency", &[
            "UPDATE idempotency_0 SET subject = key WHERE kind = 1",
            "UPDATE idempotency_1 SET subject = key WHERE kind = 2",
            "UPDATE idempotency_0 SET subject = key WHERE kind = 3",
            "UPDATE idempotency_1 SET version = version + 1000 WHERE kind = 3",
            "UPDATE idempotency_0 SET subject = key WHERE kind = 4",
            "UPDATE idempotency_1 SET subject = key WHERE kind = 5",
            "UPDATE idempotency_0 SET subject = key WHERE kind = 6",
            "UPDATE idempotency_1 SET kind = 9 WHERE kind = 1",
            "UPDATE idempotency_0 SET subject = key WHERE kind = 7",
            "UPDATE idempotency_1 SET subject = key WHERE kind = 8",
            "INSERT INTO idempotency_1 SELECT * FROM idempotency_0 WHERE kind = 1",
            "DROP INDEX orders_external_id;
             UPDATE orders SET external_id = 'same' WHERE external_id IS NOT NULL",
        ]),
        ("orders_are_found", &[
            "UPDATE followed SET seq = seq + 1000000",
            "DELETE FROM order_keys WHERE name = 1",
            "DELETE FROM order_keys WHERE name = 2",
            "UPDATE order_keys SET value = order_id WHERE name = 1",
            "INSERT INTO order_keys (tenant, name, value, order_id) SELECT tenant, 3, buyer, buyer FROM orders
             WHERE id = (SELECT id FROM orders ORDER BY id LIMIT 1)",
            "UPDATE order_facts SET seq = seq + 1000000",
            "UPDATE order_facts SET order_id = (SELECT id FROM buyer_ids ORDER BY id LIMIT 1)",
        ]),
        ("sales_are_counted", &[
            "UPDATE sales SET gross = gross + 1 WHERE cut = 1 AND orders > 0",
            "UPDATE sales SET orders = orders + 1 WHERE cut = 1",
            "UPDATE sales SET refunded = refunded - 1 WHERE cut = 2",
            "UPDATE sales SET pieces = pieces + 1 WHERE cut = 3",
            "DELETE FROM sales WHERE cut = 3",
            "DELETE FROM sales WHERE cut = 2",
        ]),
        ("journal_gapless", &[
            "DELETE FROM journal WHERE seq = 3",
            "DELETE FROM journal WHERE seq = 1",
            "DELETE FROM journal WHERE seq = (
                SELECT h.seq FROM journal_heads h WHERE h.tenant = journal.tenant
            )",
            "UPDATE journal_heads SET seq = seq + 1",
            "UPDATE journal SET seq = seq + 1 WHERE seq = (
                SELECT h.seq FROM journal_heads h WHERE h.tenant = journal.tenant
            )",
            "DELETE FROM journal_heads",
        ]),
        ("journal_chain", &[
            "UPDATE journal SET data = '{}' WHERE seq = 2",
            "UPDATE journal SET proof = NULL WHERE seq = 5",
            "UPDATE journal_anchors SET seq = seq + 1",
            "UPDATE journal_anchors SET chain = mac",
            "DELETE FROM journal_anchors WHERE seq = (SELECT MAX(seq) FROM journal_anchors)",
            "DELETE FROM journal_leaves",
            "UPDATE journal_leaves SET seq = seq - 1",
            "UPDATE journal_anchoring SET checkpoint = checkpoint + 1",
            "DELETE FROM journal_anchoring",
        ]),
        ("journal_folds", &[
            "UPDATE orders SET created_at = created_at + 1",
            "UPDATE resources SET version = version + 1",
            "UPDATE resource_versions SET archived_at = NULL",
            "DELETE FROM resource_versions WHERE version = 1",
            "UPDATE orders SET external_id = 'another' WHERE external_id = 'one-1'",
            "UPDATE orders SET consent = 'another' WHERE consent IS NOT NULL",
            "UPDATE orders SET consent_at = consent_at + 1",
            "UPDATE orders SET consent = 'another' WHERE consent IS NULL",
            "UPDATE order_lines SET product_version = product_version + 1",
            "UPDATE accounts SET balance = balance + 1 WHERE kind = 1",
            "UPDATE accounts SET owner = tenant WHERE kind = 1",
            "UPDATE holds SET amount = amount + 1 WHERE state = 3",
            "UPDATE imports SET errors = errors + 1",
            "UPDATE products SET version = version + 1",
            "UPDATE products SET rank = substr(tenant, 1, 8)",
            "UPDATE resources SET data = '{}' WHERE kind = 1",
            "DELETE FROM resources WHERE kind = 1",
            "UPDATE looks SET at = at + 1",
            "DELETE FROM looks",
            "DELETE FROM imports WHERE accepted = 6",
            "DELETE FROM orders WHERE external_id IS NULL",
            "UPDATE payments SET created_at = created_at + 1",
            "UPDATE refunds SET loss = loss + 1",
            "DELETE FROM payments WHERE state = 5",
            "UPDATE contents SET note = 'another'",
            "DELETE FROM contents WHERE number = 2",
            "UPDATE journal SET kind = 'order.sold' WHERE kind = 'order.bought'",
            "UPDATE journal SET v = 2 WHERE kind = 'wallet.credited'",
            "UPDATE journal SET data = '{}' WHERE kind = 'stock.low'",
        ]),
        ("sealed", &[
            "DELETE FROM data_keys WHERE purpose = 1",
            "UPDATE codes SET sealed = position WHERE state = 1",
            "UPDATE codes SET sealed = (SELECT codes FROM order_lines WHERE delivered = 3
                ORDER BY tenant, order_id LIMIT 1)",
            "UPDATE buyers SET sealed = tag",
            "UPDATE staged_chunks SET sealed = import",
            "UPDATE order_inputs SET sealed = order_id",
            "UPDATE resource_secrets SET sealed = id",
            "UPDATE people SET sealed = id",
            "UPDATE contents SET sealed = id",
            "UPDATE approval_parts SET sealed = id",
            "UPDATE data_keys SET wrapped = (SELECT position FROM codes ORDER BY sku, position LIMIT 1)",
            "UPDATE api_keys SET hash = id",
        ]),
        ("resources", &[
            "UPDATE resource_keys SET key = id",
            "DELETE FROM resource_keys WHERE name = 'name'",
            "INSERT INTO resource_keys (tenant, kind, name, key, id)
                SELECT tenant, kind, name, id, id FROM resource_keys WHERE name = 'code'",
            "DELETE FROM resource_claims",
            "UPDATE resource_claims SET id = tenant",
            "DELETE FROM resource_secrets",
            "DELETE FROM resource_pictures",
            "UPDATE resource_pictures SET hash = 'another'",
            "UPDATE resource_pictures SET bytes = id",
            "UPDATE resource_heads SET made = made + 1",
        ]),
        ("people", &[
            "DELETE FROM people_emails",
            "UPDATE people_emails SET id = tag",
            "UPDATE people SET email = NULL",
            "UPDATE people SET data = 'x'",
        ]),
        ("exports", &[
            "DELETE FROM work WHERE kind = 17",
            "UPDATE exports SET state = 6",
            "UPDATE exports SET data = '{}'",
        ]),
        ("approvals", &[
            "UPDATE approvals SET decided_at = NULL WHERE state = 2",
            "UPDATE approvals SET decided_by = NULL WHERE state = 4",
            "UPDATE approvals SET state = 2 WHERE state = 1",
            "UPDATE approvals SET data = '{}'",
            "DELETE FROM approval_parts WHERE part = 1",
            "UPDATE approvals SET state = 3 WHERE state = 2",
            "DELETE FROM work WHERE kind = 16",
        ]),
        ("sale_products", &[
            "DELETE FROM product_versions WHERE version = 2",
            "UPDATE orders SET total = total + 1",
            "UPDATE orders SET paid = paid - 1",
            "UPDATE orders SET refunded = paid + 1",
            "UPDATE order_inputs SET order_id = tenant WHERE order_id =
                (SELECT order_id FROM order_inputs ORDER BY tenant, order_id LIMIT 1)",
            "DELETE FROM order_lines WHERE line = 1",
            "DELETE FROM orders WHERE external_id IS NOT NULL",
        ]),
];
