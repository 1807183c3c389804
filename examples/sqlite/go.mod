module example.com/sqlite

go 1.22

// Older than 1.14.19 on purpose: its C asks for names that musl 1.2.4 hides.
require github.com/mattn/go-sqlite3 v1.14.17
