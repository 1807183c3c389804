// Command cgo has a few lines of C: without a C compiler for the image's libc there is no binary.
package main

/*
static unsigned long collatz(unsigned long n) {
	unsigned long steps = 0;
	while (n != 1) {
		n = n % 2 ? 3 * n + 1 : n / 2;
		steps++;
	}
	return steps;
}
*/
import "C"

import "fmt"

func main() {
	fmt.Printf("27 needs %d steps\n", uint64(C.collatz(27)))
}
