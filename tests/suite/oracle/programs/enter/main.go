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
	"fmt"
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
	if len(os.Args) < 2 {
		os.Exit(inside())
	}
	// Mounts made here are nobody else's.
	serve(syscall.Mount("", "/", "", syscall.MS_REC|syscall.MS_PRIVATE, ""))
}

// inside runs this program again in a mount namespace of its own, as root of a user namespace where it is not
// root already; its status.
func inside() int {
	again := exec.Command("/proc/self/exe", "inside")
	again.Stdin, again.Stdout, again.Stderr = os.Stdin, os.Stdout, os.Stderr
	again.SysProcAttr = &syscall.SysProcAttr{Cloneflags: syscall.CLONE_NEWNS, Pdeathsig: syscall.SIGKILL}
	if os.Geteuid() != 0 {
		again.SysProcAttr.Cloneflags |= syscall.CLONE_NEWUSER
		again.SysProcAttr.UidMappings = []syscall.SysProcIDMap{{HostID: os.Geteuid(), Size: 1}}
		again.SysProcAttr.GidMappings = []syscall.SysProcIDMap{{HostID: os.Getegid(), Size: 1}}
	}
	if err := again.Start(); err != nil {
		serve(err)
		return 0
	}
	if err := again.Wait(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		return 1
	}
	return 0
}

// serve answers every line; where the machine has refused, with that.
func serve(refused error) {
	lines := bufio.NewScanner(os.Stdin)
	lines.Buffer(nil, 1<<20)
	out := json.NewEncoder(os.Stdout)
	for lines.Scan() {
		var asked question
		if err := json.Unmarshal(lines.Bytes(), &asked); err != nil {
			panic(err)
		}
		var said answer
		if refused != nil {
			said.Error = "mount: " + refused.Error()
		} else {
			said = start(asked)
		}
		if err := out.Encode(said); err != nil {
			panic(err)
		}
	}
}

func start(asked question) answer {
	// The loaders ask /proc where the program lies ($ORIGIN), and every container has it.
	proc := asked.Root + "/proc"
	if err := os.MkdirAll(proc, 0o755); err != nil {
		return answer{Error: err.Error()}
	}
	if err := syscall.Mount("/proc", proc, "", syscall.MS_BIND|syscall.MS_REC, ""); err != nil {
		return answer{Error: "mount: " + err.Error()}
	}
	defer func() { _ = syscall.Unmount(proc, syscall.MNT_DETACH) }()
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
