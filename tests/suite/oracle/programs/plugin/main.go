// A plugin.
package main

import "fmt"

func Greet() { fmt.Println("oracle ok") }
