// A library for C.
package main

import "C"

import "fmt"

//export Greet
func Greet() { fmt.Println("oracle ok") }

func main() {}
