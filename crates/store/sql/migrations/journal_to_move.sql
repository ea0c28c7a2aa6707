SELECT seq FROM journal_head
