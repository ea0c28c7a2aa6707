-- Bytes of the file that a version is; null of a text. Its name and its key are sealed, its parts lie where pictures do.
ALTER TABLE contents ADD COLUMN file_bytes {int};
