package table

import (
	"fmt"
	"regexp"
	"strconv"
)

// step is a name, "[3]" or "[*]".
var step = regexp.MustCompile(`\.?([A-Za-z_][A-Za-z0-9_]*)|\[(\d+|\*)\]`)

// find follows a path. present says whether it leads to something.
func find(value any, path string) (found any, present bool, err error) {
	if path == "" {
		return value, true, nil
	}
	at := step.FindStringSubmatchIndex(path)
	if at == nil || at[0] != 0 {
		return nil, false, fmt.Errorf("%q is not a path", path)
	}
	rest := path[at[1]:]
	if at[2] >= 0 {
		object, _ := value.(map[string]any)
		next, has := object[path[at[2]:at[3]]]
		if !has {
			return nothing(rest)
		}
		return find(next, rest)
	}
	list, _ := value.([]any)
	index := path[at[4]:at[5]]
	if index == "*" {
		found, err := findInEach(list, rest)
		return found, true, err
	}
	if n, err := strconv.Atoi(index); err == nil && n < len(list) {
		return find(list[n], rest)
	}
	return nothing(rest)
}

// nothing is what a path finds whose beginning leads nowhere: an empty list where a [*] is still to come.
func nothing(rest string) (any, bool, error) {
	for _, match := range step.FindAllStringSubmatch(rest, -1) {
		if match[2] == "*" {
			return []any{}, true, nil
		}
	}
	return nil, false, nil
}

// findInEach is one flat list of what the rest of a path finds in each element.
func findInEach(list []any, rest string) ([]any, error) {
	all := []any{}
	for _, element := range list {
		found, present, err := find(element, rest)
		if err != nil {
			return nil, err
		}
		if more, isList := found.([]any); isList && present {
			all = append(all, more...)
		} else if present {
			all = append(all, found)
		}
	}
	return all, nil
}
