package main

import (
	"errors"
	"fmt"

	"google.golang.org/protobuf/proto"

	tako "github.com/tako-api/tako-go"
	"github.com/tako-api/tako-go/conformance/table"
)

// codes are the names of the table; those of package codes are spelled otherwise.
var codes = []string{
	"OK", "CANCELLED", "UNKNOWN", "INVALID_ARGUMENT", "DEADLINE_EXCEEDED", "NOT_FOUND", "ALREADY_EXISTS",
	"PERMISSION_DENIED", "RESOURCE_EXHAUSTED", "FAILED_PRECONDITION", "ABORTED", "OUT_OF_RANGE", "UNIMPLEMENTED",
	"INTERNAL", "UNAVAILABLE", "DATA_LOSS", "UNAUTHENTICATED",
}

// judge compares what came of a call with what the case expects.
func judge(c table.Case, answer any, err error) error {
	want := c.Expect.Error
	if want == nil {
		if err != nil {
			return fmt.Errorf("the call failed: %w", err)
		}
		return table.HoldAll(append(c.Expect.Response, c.Expect.Events...), answer)
	}
	if err == nil {
		return fmt.Errorf("want the error %s, the call did not fail", want.Code)
	}
	var failed *tako.Error
	if !errors.As(err, &failed) {
		return fmt.Errorf("not an error of the client: %w", err)
	}
	if code := codes[failed.Code]; code != want.Code {
		return fmt.Errorf("want the code %s, got %s: %w", want.Code, code, err)
	}
	if want.Reason != "" && string(failed.Reason) != want.Reason {
		return fmt.Errorf("want the reason %s, got %q: %w", want.Reason, failed.Reason, err)
	}
	if want.Domain != "" && failed.Domain != want.Domain {
		return fmt.Errorf("want the domain %s, got %q", want.Domain, failed.Domain)
	}
	if want.Retryable != nil && failed.Retryable() != *want.Retryable {
		return fmt.Errorf("want retryable to be %v: %w", *want.Retryable, err)
	}
	for _, detail := range want.Details {
		if err := judgeDetail(failed, detail); err != nil {
			return err
		}
	}
	return nil
}

func judgeDetail(failed *tako.Error, want table.Detail) error {
	for _, detail := range failed.Details() {
		message, isMessage := detail.(proto.Message)
		if !isMessage || string(message.ProtoReflect().Descriptor().FullName()) != want.Type {
			continue
		}
		read, err := asJSON(message)
		if err != nil {
			return err
		}
		if err := table.HoldAll(want.Checks, read); err != nil {
			return fmt.Errorf("%s: %w", want.Type, err)
		}
		return nil
	}
	return fmt.Errorf("no detail %s", want.Type)
}
