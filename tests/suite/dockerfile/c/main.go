// Nothing of what this prints is known to Go: C counts, and C knows which libc it was compiled for.
package main

// #include "steps.h"
import "C"

import (
	"fmt"

	"example.com/libc"
)

func main() {
	fmt.Printf("27 needs %d steps with %s\n", uint64(C.steps(27)), libc.Name())
}
