// Command conformance runs the table that all clients of Tako share (clients/conformance) through this one. It is
// started by `make clients-test`, which starts the servers and sets the environment.
package main

import (
	"fmt"
	"os"

	"github.com/tako-api/tako-go/conformance/table"
)

func main() {
	passed, failed, err := run()
	if err != nil {
		fmt.Fprintln(os.Stderr, err)
		os.Exit(2)
	}
	fmt.Printf("go: %d passed, %d failed\n", passed, failed)
	if failed > 0 {
		os.Exit(1)
	}
}

func run() (passed, failed int, err error) {
	cases, err := table.Load(os.Getenv("TAKO_TEST_CASES"))
	if err != nil {
		return 0, 0, err
	}
	for _, c := range cases {
		if err := runCase(c); err != nil {
			failed++
			fmt.Printf("failed %s: %v\n", c.ID, err)
		} else {
			passed++
		}
	}
	return passed, failed, nil
}
