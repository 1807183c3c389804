// Starts programs inside root file systems and says what became of each: what a container engine would do,
// without one. A shell or chroot(1) in between would run what the kernel refuses (a script without a first
// line), so the kernel's own answer to execve is what counts here.
//
// Standard input: one object a line, {"root": "/path", "argv": ["/app/x"]}; standard output: one object a
// line, {"error": "errno of execve"} or {"status": 0, "signal": 0, "stdout": "...", "stderr": "..."}.
package main

import (
	"bufio"
	"bytes"
	"encoding/json"
	"errors"
	"os"
	"os/exec"
	"syscall"
	"time"
)

type question struct {
	Root string   `json:"root"`
	Argv []string `json:"argv"`
}

type answer struct {
	Error    string `json:"error,omitempty"`
	Status   int    `json:"status"`
	Signal   string `json:"signal,omitempty"`
	TimedOut bool   `json:"timed_out,omitempty"`
	Stdout   string `json:"stdout"`
	Stderr   string `json:"stderr"`
}

// limit bounds what one program may take; the slowest of them, under qemu, take a second.
const limit = 60 * time.Second

func main() {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var asked question
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			panic(err)
		}
		if err := out.Encode(start(asked)); err != nil {
			panic(err)
		}
	}
}

func start(asked question) answer {
	var stdout, stderr bytes.Buffer
	command := &exec.Cmd{
		Path:   asked.Argv[0],
		Args:   asked.Argv,
		Env:    []string{"LC_ALL=C", "PATH=/bin:/usr/bin"},
		Dir:    "/",
		Stdout: &stdout,
		Stderr: &stderr,
		// A descendant that keeps the streams open does not keep us.
		WaitDelay:   time.Second,
		SysProcAttr: &syscall.SysProcAttr{Chroot: asked.Root, Setpgid: true},
	}
	if os.Geteuid() != 0 {
		command.SysProcAttr.Cloneflags = syscall.CLONE_NEWUSER
		command.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Geteuid(), Size: 1}}
		command.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getegid(), Size: 1}}
	}
	if err := command.Start(); err != nil {
		var errno syscall.Errno
		if errors.As(err, &errno) {
			return answer{Error: name(errno)}
		}
		return answer{Error: err.Error()}
	}
	timer := time.AfterFunc(limit, func() { _ = syscall.Kill(-command.Process.Pid, syscall.SIGKILL) })
	_ = command.Wait()
	said := answer{TimedOut: !timer.Stop(), Status: command.ProcessState.ExitCode(), Stdout: stdout.String(), Stderr: stderr.String()}
	if status := command.ProcessState.Sys().(syscall.WaitStatus); status.Signaled() {
		said.Signal = status.Signal().String()
	}
	return said
}

func name(errno syscall.Errno) string {
	switch errno {
	case syscall.ENOENT:
		return "ENOENT"
	case syscall.ENOEXEC:
		return "ENOEXEC"
	case syscall.EACCES:
		return "EACCES"
	case syscall.EPERM:
		return "EPERM"
	}
	return errno.Error()
}
