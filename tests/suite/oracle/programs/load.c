/* Loads a library and calls what it exports. */
#include <dlfcn.h>
#include <stdio.h>

int main(int argc, char **argv) {
    void *library = dlopen(argv[argc - 1], RTLD_NOW);
    void (*greet)(void);
    if (!library) {
        fprintf(stderr, "%s\n", dlerror());
        return 1;
    }
    *(void **)&greet = dlsym(library, "Greet");
    if (!greet) return 2;
    greet();
    return 0;
}
