package main

import (
	"bytes"
	"fmt"
	"os"
	"time"

	"gopkg.in/yaml.v3"
)

// Config is what etc/config.yaml holds.
type Config struct {
	Listen   string        `yaml:"listen"`
	Zone     string        `yaml:"zone"`
	Greeting string        `yaml:"greeting"`
	Shutdown time.Duration `yaml:"shutdown"`
}

// readConfig reads a configuration; a key that nobody knows is an error.
func readConfig(path string) (Config, error) {
	config := Config{Listen: "127.0.0.1:8080", Zone: "UTC", Shutdown: 5 * time.Second}
	text, err := os.ReadFile(path)
	if err != nil {
		return config, err
	}
	decoder := yaml.NewDecoder(bytes.NewReader(text))
	decoder.KnownFields(true)
	if err := decoder.Decode(&config); err != nil {
		return config, fmt.Errorf("%s: %w", path, err)
	}
	return config, nil
}
