package tako

import (
	"context"
	"errors"
	"fmt"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	statuspb "google.golang.org/genproto/googleapis/rpc/status"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
)

// Error is what every failed call returns. Decide by Reason, or by Code where there is none.
//
//	var failed *tako.Error
//	if errors.As(err, &failed) && failed.Reason == tako.ReasonItemNotFound { ... }
//
// errors.Is finds context.DeadlineExceeded and context.Canceled in it, and status.FromError works too.
type Error struct {
	// Code is the gRPC code.
	Code codes.Code
	// Message is one sentence for people. It is not part of the contract.
	Message string
	// Reason says what happened, for programs. Empty when the error was not made by Tako: nobody answered, for example.
	Reason Reason
	// Domain is "tako" for the errors of Tako.
	Domain string
	// Metadata says what the error is about: "provider", "field".
	Metadata map[string]string
	// Violations are the wrong fields of the request.
	Violations []Violation
	// Preconditions are what is missing at the server, such as a setting.
	Preconditions []Precondition
	// Resource is what was not found.
	Resource *Resource
	// RetryAfter is how long to wait before another try. Zero when the server says nothing about that.
	RetryAfter time.Duration
	// RequestID is under what the server's log has the call.
	RequestID string

	status *status.Status
}

// Violation is one wrong field.
type Violation struct {
	// Field is its path in the request, such as "page_size".
	Field string
	// Description says what is wrong.
	Description string
}

// Precondition is one thing that must be changed at the server.
type Precondition struct {
	// Type is what kind of thing it is, such as "SETTING".
	Type string
	// Subject is its name, such as that of an environment variable.
	Subject string
	// Description says what is missing.
	Description string
}

// Resource is what the error is about.
type Resource struct {
	// Type is the name of its message, such as "tako.v1.Item".
	Type string
	// Name is its id.
	Name string
	// Description says what became of it.
	Description string
}

// FromStatus is the error that a status in an answer stands for, such as that of one result of BatchDetail.
func FromStatus(s *statuspb.Status) *Error {
	return newError(status.FromProto(s))
}

// Error is the message, behind the reason or the code.
func (e *Error) Error() string {
	if e.Reason != "" {
		return fmt.Sprintf("tako: %s: %s", e.Reason, e.Message)
	}
	return fmt.Sprintf("tako: %v: %s", e.Code, e.Message)
}

// Retryable tells whether another try later may help: when the server says after what time, or when nobody answered.
func (e *Error) Retryable() bool {
	return e.RetryAfter > 0 || e.Code == codes.Unavailable && e.Reason == ""
}

// Details are all details of the error, as messages of package errdetails.
func (e *Error) Details() []any {
	return e.status.Details()
}

// GRPCStatus is for package status of grpc.
func (e *Error) GRPCStatus() *status.Status {
	return e.status
}

// Is lets errors.Is find the errors of package context. That a provider was too slow is none of them.
func (e *Error) Is(target error) bool {
	switch target {
	case context.DeadlineExceeded:
		return e.Code == codes.DeadlineExceeded && e.Reason != ReasonProviderTimeout
	case context.Canceled:
		return e.Code == codes.Canceled
	default:
		return false
	}
}

// asError makes an *Error of what a call of grpc returned. The trailer knows the request id where no detail does.
func asError(err error, trailer metadata.MD) error {
	var known *Error
	if err == nil || errors.As(err, &known) {
		return err
	}
	failed := newError(status.Convert(err))
	if ids := trailer.Get("x-request-id"); failed.RequestID == "" && len(ids) > 0 {
		failed.RequestID = ids[0]
	}
	return failed
}

func newError(s *status.Status) *Error {
	e := &Error{Code: s.Code(), Message: s.Message(), status: s}
	for _, detail := range s.Details() {
		switch d := detail.(type) {
		case *errdetails.ErrorInfo:
			e.Reason, e.Domain, e.Metadata = Reason(d.GetReason()), d.GetDomain(), d.GetMetadata()
		case *errdetails.BadRequest:
			for _, v := range d.GetFieldViolations() {
				e.Violations = append(e.Violations, Violation{v.GetField(), v.GetDescription()})
			}
		case *errdetails.PreconditionFailure:
			for _, v := range d.GetViolations() {
				e.Preconditions = append(e.Preconditions, Precondition{v.GetType(), v.GetSubject(), v.GetDescription()})
			}
		case *errdetails.ResourceInfo:
			e.Resource = &Resource{d.GetResourceType(), d.GetResourceName(), d.GetDescription()}
		case *errdetails.RetryInfo:
			e.RetryAfter = d.GetRetryDelay().AsDuration()
		case *errdetails.RequestInfo:
			e.RequestID = d.GetRequestId()
		}
	}
	return e
}
