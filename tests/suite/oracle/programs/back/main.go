// A C library that calls a function of the program.
package main

// extern int greet(void);
// int deeper(void);
import "C"

import "fmt"

//export deeper
func deeper() C.int { return 42 }

func main() {
	if C.greet() == 42 {
		fmt.Println("oracle ok")
	}
}
