// Command cross uses C and what of Go's own packages is C where cgo is on, and says so only if all of it works.
package main

/*
#cgo LDFLAGS: -lm -lpthread
#include <math.h>
#include <pthread.h>
#include <stdint.h>
#include <stdio.h>

extern long twice(long);

static void *work(void *n) { return (void *)(intptr_t)twice((long)(intptr_t)n); }

static long in_a_thread(long n) {
	pthread_t thread;
	void *result;
	if (pthread_create(&thread, 0, work, (void *)(intptr_t)n) || pthread_join(thread, &result)) return -1;
	return (long)(intptr_t)result;
}

static double root(double x) { return sqrt(x); }

// Where a long double is two doubles or sixteen bytes, the C library has to agree. On riscv64 it cannot be asked:
// Go 1.27 calls C there with a stack that is aligned to 8 bytes (asmcgocall), and not to the 16 that a long double
// among variable arguments is looked for with.
#ifdef __riscv
typedef double wide;
#define WIDE "%.3f"
#else
typedef long double wide;
#define WIDE "%.3Lf"
#endif
static int printed(char *text, int size) { return snprintf(text, size, WIDE " %lld", (wide)2.5, 1LL << 40); }
*/
import "C"

import (
	"fmt"
	"net"
	"os"
	"os/user"
)

//export twice
func twice(n C.long) C.long { return 2 * n }

func main() {
	text := make([]C.char, 64)
	C.printed(&text[0], 64)
	addresses, _ := net.LookupHost("here.example")
	root, err := user.LookupId("0")
	if err != nil {
		root = &user.User{Username: err.Error()}
	}
	said := fmt.Sprint(C.in_a_thread(21), C.root(6.25), " ", C.GoString(&text[0]), addresses, root.Username)
	fmt.Println(said)
	if said != "42 2.5 2.500 1099511627776[192.0.2.1]root" {
		os.Exit(1)
	}
	fmt.Println("oracle ok")
}
