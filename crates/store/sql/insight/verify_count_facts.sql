SELECT COUNT(*) FROM order_facts
