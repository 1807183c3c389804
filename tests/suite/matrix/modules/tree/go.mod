module example.com/tree

go 1.22

require github.com/smacker/go-tree-sitter v0.0.0-20240827094217-dd81d9e9be82
