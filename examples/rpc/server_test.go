package main

import (
	"encoding/json"
	"net/http/httptest"
	"testing"
	"time"
)

func TestGreet(t *testing.T) {
	config, err := readConfig("etc/config.yaml")
	if err != nil {
		t.Fatal(err)
	}
	answer := httptest.NewRecorder()
	newHandler(config, time.UTC).ServeHTTP(answer, httptest.NewRequest("GET", "/v1/greet?name=Ada", nil))
	var got map[string]string
	if err := json.Unmarshal(answer.Body.Bytes(), &got); err != nil {
		t.Fatal(err)
	}
	if got["name"] != "Ada" || got["greeting"] != config.Greeting {
		t.Errorf("got %v", got)
	}
}
