int deeper(void) { return 42; }
