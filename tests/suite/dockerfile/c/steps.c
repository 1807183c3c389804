#include "steps.h"

unsigned long steps(unsigned long n) {
	unsigned long count = 0;
	while (n != 1) {
		n = n % 2 ? 3 * n + 1 : n / 2;
		count++;
	}
	return count;
}
