// A service that looks for everything that an image can lack: time zones, certificates, users, a place for
// temporary files, and a file beside it. With -ask it asks the one that runs, and prints what that one says.
package main

import (
	"crypto/x509"
	"flag"
	"fmt"
	"io"
	"log"
	"net/http"
	"os"
	"os/user"
	"time"
)

func main() {
	ask := flag.Bool("ask", false, "ask the one that runs")
	flag.Parse()
	if *ask {
		answer, err := http.Get("http://127.0.0.1:8080/")
		if err != nil {
			log.Fatal(err)
		}
		if _, err := io.Copy(os.Stdout, answer.Body); err != nil {
			log.Fatal(err)
		}
		return
	}
	http.HandleFunc("/", describe)
	log.Fatal(http.ListenAndServe(":8080", nil))
}

func describe(w http.ResponseWriter, _ *http.Request) {
	zone, err := time.LoadLocation("Europe/Amsterdam")
	if err != nil {
		fmt.Fprintln(w, "zone:", err)
	} else {
		fmt.Fprintln(w, "zone:", time.Date(2026, 7, 1, 12, 0, 0, 0, time.UTC).In(zone).Format("15:04 MST"))
	}
	pool, err := x509.SystemCertPool()
	fmt.Fprintln(w, "certificates:", err == nil && !pool.Equal(x509.NewCertPool()))
	if current, err := user.Current(); err != nil {
		fmt.Fprintln(w, "user:", err)
	} else {
		fmt.Fprintln(w, "user:", current.Username, current.Uid)
	}
	file, err := os.CreateTemp("", "x")
	if err == nil {
		_ = file.Close()
	}
	fmt.Fprintln(w, "temporary file:", err == nil)
	text, err := os.ReadFile("etc/words")
	fmt.Fprintf(w, "file: %s%v\n", text, err == nil)
}
