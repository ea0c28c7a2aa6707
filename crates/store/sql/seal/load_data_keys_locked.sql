SELECT t.id, t.purpose, t.wrapped FROM data_keys t ORDER BY t.id {lock}
