// The standard library's own C: the resolver of the C library, really called where it was linked.
package main

//go:debug netdns=cgo

import (
	"fmt"
	"net"
)

func main() {
	_, _ = net.LookupHost("localhost")
	fmt.Println("oracle ok")
}
