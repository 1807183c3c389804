package main

import "os"

func main() { _, _ = os.CreateTemp("", "x") }
