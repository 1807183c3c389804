// Nothing but Go.
package main

import "fmt"

func main() { fmt.Println("oracle ok") }
