// Writes the SDK of a Pulumi package in one language, as Pulumi's language hosts do: with the generators of Pulumi's own
// module. The request is JSON on the standard input.
package main

import (
	"encoding/json"
	"fmt"
	"os"
	"path/filepath"

	gogen "github.com/pulumi/pulumi/pkg/v3/codegen/go"
	"github.com/pulumi/pulumi/pkg/v3/codegen/nodejs"
	"github.com/pulumi/pulumi/pkg/v3/codegen/python"
	"github.com/pulumi/pulumi/pkg/v3/codegen/schema"
)

type request struct {
	Language  string
	Schema    string
	Loader    string
	Directory string
	Local     bool
}

// Reads the package, with the types of the packages that it refers to from the engine's loader.
func bind(r request, loader schema.ReferenceLoader) (*schema.Package, error) {
	var spec schema.PackageSpec
	if err := json.Unmarshal([]byte(r.Schema), &spec); err != nil {
		return nil, err
	}
	pkg, diagnostics, err := schema.BindSpec(spec, loader, schema.ValidationOptions{AllowDanglingReferences: true})
	if err != nil {
		return nil, err
	}
	if diagnostics.HasErrors() {
		return nil, diagnostics
	}
	return pkg, nil
}

func generate(r request) (map[string][]byte, error) {
	client, err := schema.NewLoaderClient(r.Loader)
	if err != nil {
		return nil, err
	}
	loader := schema.NewCachedLoader(client)
	pkg, err := bind(r, loader)
	if err != nil {
		return nil, err
	}
	switch tool := "pulumi-language-" + r.Language; r.Language {
	case "go":
		return gogen.GeneratePackage(tool, pkg, nil)
	case "nodejs":
		return nodejs.GeneratePackage(tool, pkg, nil, nil, r.Local, loader)
	case "python":
		return python.GeneratePackage(tool, pkg, nil, loader)
	default:
		return nil, fmt.Errorf("no generator for %s", r.Language)
	}
}

func run() error {
	var r request
	if err := json.NewDecoder(os.Stdin).Decode(&r); err != nil {
		return err
	}
	files, err := generate(r)
	if err != nil {
		return err
	}
	for name, text := range files {
		path := filepath.Join(r.Directory, name)
		if err := os.MkdirAll(filepath.Dir(path), 0o755); err != nil {
			return err
		}
		if err := os.WriteFile(path, text, 0o644); err != nil {
			return err
		}
	}
	return nil
}

func main() {
	if err := run(); err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(1)
	}
}
