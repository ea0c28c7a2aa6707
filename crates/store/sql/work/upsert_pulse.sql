INSERT INTO pulses (node, at) VALUES (?, ?) ON CONFLICT (node) DO UPDATE SET at = excluded.at
