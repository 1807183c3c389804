package main

import (
	"encoding/json"
	"net/http"
	"os/user"
	"time"
)

// newHandler answers everything that the service offers.
func newHandler(config Config, zone *time.Location) http.Handler {
	mux := http.NewServeMux()
	mux.HandleFunc("/healthz", func(w http.ResponseWriter, _ *http.Request) {
		w.Header().Set("Content-Type", "text/plain; charset=utf-8")
		_, _ = w.Write([]byte("ok\n"))
	})
	mux.HandleFunc("/v1/greet", func(w http.ResponseWriter, r *http.Request) {
		w.Header().Set("Content-Type", "application/json")
		_ = json.NewEncoder(w).Encode(map[string]string{
			"greeting": config.Greeting,
			"name":     r.URL.Query().Get("name"),
			"time":     time.Now().In(zone).Format(time.RFC3339),
			"served":   account(),
		})
	})
	return mux
}

// account names the user that the service runs as. An image without /etc/passwd has no names, which is
// no reason to fail.
func account() string {
	current, err := user.Current()
	if err != nil {
		return "unknown"
	}
	return current.Username
}
