package table

import (
	"encoding/json"
	"fmt"
	"reflect"
	"slices"
	"strings"
)

// Check is one test of what a path finds.
type Check struct {
	Path string
	Test string
	Want any
}

// UnmarshalJSON reads {"path": ..., TEST: WANT}.
func (c *Check) UnmarshalJSON(text []byte) error {
	var fields map[string]any
	if err := json.Unmarshal(text, &fields); err != nil {
		return err
	}
	path, isText := fields["path"].(string)
	if !isText || len(fields) != 2 {
		return fmt.Errorf("a check has a path and one test: %s", text)
	}
	delete(fields, "path")
	for test, want := range fields {
		*c = Check{path, test, want}
	}
	return nil
}

// Holds tells with an error why a check does not hold for the JSON of an answer.
func (c Check) Holds(answer any) error {
	found, present, err := find(answer, c.Path)
	if err != nil {
		return err
	}
	holds, err := c.test(found, present)
	if err != nil || holds {
		return err
	}
	return fmt.Errorf("%q: want %s %s, found %s", c.Path, c.Test, short(c.Want), short(found))
}

// HoldAll is the first of the checks that does not hold.
func HoldAll(checks []Check, answer any) error {
	for _, check := range checks {
		if err := check.Holds(answer); err != nil {
			return err
		}
	}
	return nil
}

func (c Check) test(found any, present bool) (bool, error) {
	list, isList := found.([]any)
	switch c.Test {
	case "equals":
		return present && reflect.DeepEqual(found, c.Want), nil
	case "present":
		return present == c.Want, nil
	case "count":
		return isList && float64(len(list)) == c.Want, nil
	case "contains":
		if text, isText := found.(string); isText {
			part, isText := c.Want.(string)
			return isText && strings.Contains(text, part), nil
		}
		return slices.ContainsFunc(list, func(one any) bool { return reflect.DeepEqual(one, c.Want) }), nil
	case "at_least":
		least, isNumber := c.Want.(float64)
		number, foundNumber := found.(float64)
		return isNumber && (isList && float64(len(list)) >= least || foundNumber && number >= least), nil
	case "ids":
		ids := make([]any, 0, len(list))
		for _, one := range list {
			item, _ := one.(map[string]any)
			ids = append(ids, item["id"])
		}
		return isList && reflect.DeepEqual(ids, c.Want), nil
	default:
		return false, fmt.Errorf("%q: there is no test %q", c.Path, c.Test)
	}
}

func short(value any) string {
	text, err := json.Marshal(value)
	if err != nil {
		return err.Error()
	}
	if len(text) > 200 {
		return string(text[:200]) + "..."
	}
	return string(text)
}
