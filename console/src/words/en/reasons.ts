import type { Words } from "../zh";

export const reasons: Words["reasons"] = {
  line_too_long: "the line is longer than 65536 bytes; write one code per line",
  record_too_long: "the record is longer than 131072 bytes; look for a quote or a dividing line that is missing",
  bad_encoding: "the line is not text in the file's encoding; save the file as UTF-8",
  quote_not_closed: "a quote opens here and never closes, so nothing behind it was read; end the field with a quote",
  quote_misplaced: "a quote stands inside a field; quote the whole field and double the quotes in it",
  too_few_columns: "the line has fewer columns than the file should; add the missing separators",
  too_many_columns: "the line has more columns than the file should; quote fields that hold separators",
  separator_unclear: "the separator is longer here than in the file; write it as everywhere else",
  outside_record: "stands above the first line that opens a record; remove it",
  header_changed: "a header with other columns stands above this line; import this part as a file of its own",
  label_missing: "has another label than the values above and below it, or none; write the label of the column",
  empty: "every field of the code is empty; fill in at least one",
  too_long: "longer than 16384 bytes; shorten it",
  control_character: "holds an invisible or unreadable character; remove it",
  formula: "a spreadsheet would run this as a formula; export it as plain text",
  spreadsheet_exponent:
    "a spreadsheet made a number of this and lost digits; set the column to text and export it again from the original",
  spreadsheet_error:
    "this is a spreadsheet's or a database's word for a missing value, not a code; export the value itself",
  spreadsheet_narrow: "the spreadsheet's column was too narrow to show the value; widen it and export again",
  leading_apostrophe: "begins with a spreadsheet's apostrophe; remove it and set the column to text",
  spreadsheet_date:
    "a spreadsheet made a date of this code; set the column to text and export it again from the original",
  spreadsheet_rounded:
    "a spreadsheet turned the digits behind the fifteenth into zeros; set the column to text and export it again from the original",
  quoted_records: "a quoted value holds lines that look like codes of their own; close the quote where the value ends",
  date_unreadable: "not a date; write it like 2027-01-31 or 2027-01-31T08:00:00+08:00",
  date_past: "the validity is already over; remove the line or correct the date",
  same_secret: "the same secret under another number",
  looks_alike: "differs only in case, spaces, hyphens or width",
  not_compared: "not compared yet with codes from before",
  duplicate: "was imported before",
};
