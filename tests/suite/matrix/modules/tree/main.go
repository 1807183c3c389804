// Command tree parses a line of YAML with tree-sitter, whose scanner for it is C++.
package main

import (
	"context"
	"fmt"
	"log"

	sitter "github.com/smacker/go-tree-sitter"
	"github.com/smacker/go-tree-sitter/yaml"
)

func main() {
	root, err := sitter.ParseCtx(context.Background(), []byte("port: 80\n"), yaml.GetLanguage())
	if err != nil {
		log.Fatal(err)
	}
	fmt.Println(root)
}
