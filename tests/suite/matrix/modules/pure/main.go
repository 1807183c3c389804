// Command pure counts its own starts in a database: the same driver as in examples/sqlite, without C.
package main

import (
	"database/sql"
	"fmt"
	"log"
	"os"

	_ "modernc.org/sqlite"
)

func main() {
	path := "starts.db"
	if len(os.Args) > 1 {
		path = os.Args[1]
	}
	starts, err := count(path)
	if err != nil {
		log.Fatal(err)
	}
	fmt.Printf("start %d\n", starts)
}

func count(path string) (starts int, err error) {
	db, err := sql.Open("sqlite", path)
	if err != nil {
		return 0, err
	}
	defer db.Close()
	for _, statement := range []string{
		"create table if not exists starts (at text)",
		"insert into starts values (datetime('now'))",
	} {
		if _, err := db.Exec(statement); err != nil {
			return 0, err
		}
	}
	err = db.QueryRow("select count(*) from starts").Scan(&starts)
	return starts, err
}
