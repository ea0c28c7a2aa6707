DROP TABLE codes_before;
DROP TABLE buyers_before;
DROP TABLE row_moves;
