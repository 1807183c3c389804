module example.com/steps

go 1.22

require example.com/libc v0.0.0

replace example.com/libc => ./libc
