// weaken FILE VERSION: sets the flag VER_FLG_WEAK on a version that a 64-bit ELF file asks for; no linker at
// hand writes it, and every loader reads it.
package main

import (
	"debug/elf"
	"os"
)

// As <elf.h> has it: VER_FLG_WEAK, and where vn_cnt, vn_aux, vn_next of Elf64_Verneed and vna_flags, vna_name,
// vna_next of Elf64_Vernaux lie.
const (
	weak                         = 2
	needCount, needAux, needNext = 2, 8, 12
	auxFlags, auxName, auxNext   = 4, 8, 12
)

func main() {
	path, version := os.Args[1], os.Args[2]
	file, err := elf.Open(path)
	check(err)
	section := file.Section(".gnu.version_r")
	data, err := section.Data()
	check(err)
	names, err := file.Section(".dynstr").Data()
	check(err)
	order := file.ByteOrder
	found := false
	for need := uint32(0); ; {
		aux := need + order.Uint32(data[need+needAux:])
		for range order.Uint16(data[need+needCount:]) {
			name := names[order.Uint32(data[aux+auxName:]):]
			if string(name[:len(version)]) == version && name[len(version)] == 0 {
				order.PutUint16(data[aux+auxFlags:], weak)
				found = true
			}
			aux += order.Uint32(data[aux+auxNext:])
		}
		next := order.Uint32(data[need+needNext:])
		if next == 0 {
			break
		}
		need += next
	}
	if !found {
		panic(version + " is not asked for")
	}
	out, err := os.OpenFile(path, os.O_WRONLY, 0)
	check(err)
	_, err = out.WriteAt(data, int64(section.Offset))
	check(err)
	check(out.Close())
}

func check(err error) {
	if err != nil {
		panic(err)
	}
}
