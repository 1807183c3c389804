package main

import "embed"

//go:embed static/*.html
var files embed.FS

func main() { _ = files }
