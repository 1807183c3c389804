// Package library is no program.
package library

// Answer is the answer.
func Answer() int { return 42 }
