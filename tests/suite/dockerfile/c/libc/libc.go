// Package libc knows which libc its C was compiled for.
package libc

/*
#include <stdlib.h>

// musl says nothing about itself.
static const char *name(void) {
#ifdef __GLIBC__
	return "glibc";
#else
	return "another libc";
#endif
}
*/
import "C"

// Name gives glibc, or that it is another one.
func Name() string { return C.GoString(C.name()) }
