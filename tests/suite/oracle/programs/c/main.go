// A part in C that uses the mathematical library and threads.
package main

// #cgo LDFLAGS: -lm
// #include <math.h>
// #include <pthread.h>
// #include <stdio.h>
// static void *half(void *x) { *(double *)x /= 2; return x; }
// static double work(double x) {
//   pthread_t thread;
//   if (pthread_create(&thread, 0, half, &x) != 0) return 0;
//   pthread_join(thread, 0);
//   printf("%f\n", pow(x, 1.5));
//   fflush(stdout);
//   return sqrt(x);
// }
import "C"

import "fmt"

func main() {
	if C.work(8) == 2 {
		fmt.Println("oracle ok")
	}
}
