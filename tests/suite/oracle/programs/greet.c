#ifdef DEEPER
int deeper(void);
int greet(void) { return deeper(); }
#else
int greet(void) { return 42; }
#endif
