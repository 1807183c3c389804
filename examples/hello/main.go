// Command hello has nothing to do with C: it runs in every image of its platform.
package main

import "fmt"

func main() {
	fmt.Println("hello")
}
