// A function that C libraries got at different times; which one is said by CGO_CFLAGS.
package main

// extern long FUNCTION(void) WEAK;
// static int present(void) { long (*volatile function)(void) = FUNCTION; return function != 0; }
import "C"

import "fmt"

func main() {
	C.present()
	fmt.Println("oracle ok")
}
