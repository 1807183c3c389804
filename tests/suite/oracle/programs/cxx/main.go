// A part in C++ that throws and catches.
package main

// extern int word(void);
import "C"

import "fmt"

func main() {
	if C.word() == 5 {
		fmt.Println("oracle ok")
	}
}
