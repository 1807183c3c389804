// Command rpc is a small HTTP service: a configuration file, a time zone, users, the network. The
// packages net and os/user have a half in C, so a plain `go build` on a machine with gcc makes a
// binary that needs glibc.
package main

import (
	"context"
	"errors"
	"flag"
	"fmt"
	"io"
	"log"
	"net"
	"net/http"
	"os"
	"os/signal"
	"syscall"
	"time"
	_ "time/tzdata" // alpine and scratch have no zone data
)

var version = "dev"

func main() {
	path := flag.String("config", "etc/config.yaml", "configuration `file`")
	check := flag.Bool("check", false, "do everything once, print a line and leave")
	healthy := flag.Bool("healthy", false, "ask the service that runs whether it is well, and leave")
	flag.Parse()
	if err := run(*path, *check, *healthy); err != nil {
		log.Fatal(err)
	}
}

func run(path string, check, healthy bool) error {
	config, err := readConfig(path)
	if err != nil {
		return err
	}
	if healthy {
		_, port, err := net.SplitHostPort(config.Listen)
		if err != nil {
			return err
		}
		return ask(net.JoinHostPort("127.0.0.1", port))
	}
	zone, err := time.LoadLocation(config.Zone)
	if err != nil {
		return err
	}
	if check {
		config.Listen = "127.0.0.1:0"
	}
	listener, err := net.Listen("tcp", config.Listen)
	if err != nil {
		return err
	}
	server := &http.Server{Handler: newHandler(config, zone), ReadHeaderTimeout: 5 * time.Second}
	served := make(chan error, 1)
	go func() { served <- server.Serve(listener) }()

	if check {
		if err := ask(listener.Addr().String()); err != nil {
			return err
		}
		fmt.Printf("rpc %s: healthy, zone %s\n", version, zone)
	} else {
		log.Printf("rpc %s listens on %s as %s", version, listener.Addr(), account())
		stop, cancel := signal.NotifyContext(context.Background(), syscall.SIGINT, syscall.SIGTERM)
		defer cancel()
		select {
		case err := <-served:
			return err
		case <-stop.Done():
		}
	}

	patience, cancel := context.WithTimeout(context.Background(), config.Shutdown)
	defer cancel()
	if err := server.Shutdown(patience); err != nil {
		return err
	}
	if err := <-served; !errors.Is(err, http.ErrServerClosed) {
		return err
	}
	return nil
}

// ask does what a health check does: one request, and the answer has to be the right one.
func ask(address string) error {
	client := &http.Client{Timeout: 5 * time.Second}
	response, err := client.Get("http://" + address + "/healthz")
	if err != nil {
		return err
	}
	defer response.Body.Close()
	body, err := io.ReadAll(response.Body)
	if err != nil {
		return err
	}
	if response.StatusCode != http.StatusOK || string(body) != "ok\n" {
		fmt.Fprintf(os.Stderr, "%s\n", body)
		return fmt.Errorf("/healthz answered %s", response.Status)
	}
	return nil
}
