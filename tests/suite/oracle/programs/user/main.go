// The standard library's other C: the user database, really asked.
package main

import (
	"fmt"
	"os/user"
)

func main() {
	_, _ = user.Lookup("nobody")
	fmt.Println("oracle ok")
}
