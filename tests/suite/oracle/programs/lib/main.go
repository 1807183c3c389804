// A C library of the project's own; where it is found is the linker's matter (CGO_LDFLAGS).
package main

// extern int greet(void);
import "C"

import "fmt"

func main() {
	if C.greet() == 42 {
		fmt.Println("oracle ok")
	}
}
