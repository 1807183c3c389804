module example.com/libc

go 1.22
