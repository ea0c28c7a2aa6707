{truncate} order_facts
