package table

import (
	"encoding/json"
	"testing"
)

const answer = `{"items": [{"id": "a", "n": [1, 2]}, {"id": "b"}, {"id": "c", "n": [3]}], "year": 1998, "name": "x"}`

func holds(t *testing.T, check string) error {
	t.Helper()
	var c Check
	if err := json.Unmarshal([]byte(check), &c); err != nil {
		t.Fatal(err)
	}
	var read any
	if err := json.Unmarshal([]byte(answer), &read); err != nil {
		t.Fatal(err)
	}
	return c.Holds(read)
}

func TestChecksThatHold(t *testing.T) {
	for _, check := range []string{
		`{"path": "items", "ids": ["a", "b", "c"]}`,
		`{"path": "items", "count": 3}`,
		`{"path": "items", "at_least": 3}`,
		`{"path": "items[0].n[1]", "equals": 2}`,
		`{"path": "items[*].n", "equals": [1, 2, 3]}`,
		`{"path": "items[*].n[*]", "equals": [1, 2, 3]}`,
		`{"path": "items[*].id", "contains": "b"}`,
		`{"path": "nothing[*].id", "equals": []}`,
		`{"path": "items[9].id", "present": false}`,
		`{"path": "name", "contains": "x"}`,
		`{"path": "year", "equals": 1998.0}`,
	} {
		if err := holds(t, check); err != nil {
			t.Error(err)
		}
	}
}

func TestChecksThatDoNotHold(t *testing.T) {
	for _, check := range []string{
		`{"path": "items", "ids": ["c", "b", "a"]}`,
		`{"path": "items", "count": 2}`,
		`{"path": "items", "at_least": 4}`,
		`{"path": "year", "equals": "1998"}`,
		`{"path": "items[*].id", "contains": "d"}`,
		`{"path": "nothing", "present": true}`,
		`{"path": "nothing", "equals": null}`,
		`{"path": "year", "is_nice": true}`,
		`{"path": "!", "present": false}`,
	} {
		if holds(t, check) == nil {
			t.Errorf("%s holds", check)
		}
	}
}
