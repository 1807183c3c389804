unsigned long steps(unsigned long n);
