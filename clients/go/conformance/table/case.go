// Package table reads the cases of the conformance table, and judges what they expect of an answer.
package table

import (
	"encoding/json"
	"fmt"
	"os"
)

// Case is one row: what is asked of which server, and what must come of it.
type Case struct {
	ID      string          `json:"id"`
	Kind    string          `json:"kind"`
	Server  string          `json:"server"`
	Call    string          `json:"call"`
	Request json.RawMessage `json:"request"`
	Options Options         `json:"options"`
	Expect  Expect          `json:"expect"`
}

// Options say how it is asked.
type Options struct {
	TimeoutMS     int               `json:"timeout_ms"`
	CancelAfterMS int               `json:"cancel_after_ms"`
	APIKey        string            `json:"api_key"`
	AdminToken    string            `json:"admin_token"`
	Metadata      map[string]string `json:"metadata"`
}

// Expect has one of the three.
type Expect struct {
	Response []Check `json:"response"`
	Events   []Check `json:"events"`
	Error    *Failed `json:"error"`
}

// Failed is what the client's error must tell.
type Failed struct {
	Code      string   `json:"code"`
	Reason    string   `json:"reason"`
	Domain    string   `json:"domain"`
	Details   []Detail `json:"details"`
	Retryable *bool    `json:"retryable"`
}

// Detail is one that must be among the details of the error.
type Detail struct {
	Type   string  `json:"type"`
	Checks []Check `json:"checks"`
}

// Load reads the table.
func Load(path string) ([]Case, error) {
	text, err := os.ReadFile(path)
	if err != nil {
		return nil, fmt.Errorf("TAKO_TEST_CASES: %w", err)
	}
	var table struct {
		Version int    `json:"version"`
		Cases   []Case `json:"cases"`
	}
	if err := json.Unmarshal(text, &table); err != nil {
		return nil, fmt.Errorf("%s: %w", path, err)
	}
	if table.Version != 1 || len(table.Cases) == 0 {
		return nil, fmt.Errorf("%s: not a table of version 1 with cases in it", path)
	}
	return table.Cases, nil
}
