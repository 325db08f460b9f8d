package tako_test

import (
	"context"
	"errors"
	"testing"
	"time"

	"google.golang.org/genproto/googleapis/rpc/errdetails"
	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"
	"google.golang.org/protobuf/protoadapt"
	"google.golang.org/protobuf/types/known/durationpb"

	tako "github.com/tako-api/tako-go"
	"github.com/tako-api/tako-go/takov1"
)

func failing(t *testing.T, code codes.Code, details ...protoadapt.MessageV1) *tako.Error {
	t.Helper()
	told, err := status.New(code, "a sentence").WithDetails(details...)
	if err != nil {
		t.Fatal(err)
	}
	client := withBooks(t, func(ctx context.Context, _ *takov1.BooksSearchRequest) (*takov1.SearchResponse, error) {
		_ = grpc.SetTrailer(ctx, metadata.Pairs("x-request-id", "the-id"))
		return nil, told.Err()
	})
	_, err = client.Books.Search(t.Context(), &takov1.BooksSearchRequest{})
	var failed *tako.Error
	if !errors.As(err, &failed) {
		t.Fatalf("got %v", err)
	}
	return failed
}

func TestDetailsAreDecoded(t *testing.T) {
	failed := failing(t, codes.InvalidArgument,
		&errdetails.ErrorInfo{Reason: "INVALID_FIELD", Domain: "tako", Metadata: map[string]string{"field": "page_size"}},
		&errdetails.BadRequest{FieldViolations: []*errdetails.BadRequest_FieldViolation{
			{Field: "page_size", Description: "must not be negative"},
		}},
		&errdetails.PreconditionFailure{Violations: []*errdetails.PreconditionFailure_Violation{
			{Type: "SETTING", Subject: "A_KEY", Description: "is missing"},
		}},
		&errdetails.ResourceInfo{ResourceType: "tako.v1.Item", ResourceName: "x/book/1"},
	)
	if failed.Reason != tako.ReasonInvalidField || failed.Domain != "tako" || failed.Metadata["field"] != "page_size" {
		t.Errorf("got %+v", failed)
	}
	if failed.Violations[0] != (tako.Violation{Field: "page_size", Description: "must not be negative"}) {
		t.Errorf("got %+v", failed.Violations)
	}
	if failed.Preconditions[0].Subject != "A_KEY" || failed.Resource.Name != "x/book/1" {
		t.Errorf("got %+v, %+v", failed.Preconditions, failed.Resource)
	}
	if failed.RequestID != "the-id" || failed.Error() != "tako: INVALID_FIELD: a sentence" || len(failed.Details()) != 4 {
		t.Errorf("got %q, %q, %v", failed.RequestID, failed, failed.Details())
	}
	if status.Code(failed) != codes.InvalidArgument {
		t.Error("package status does not know it")
	}
}

func TestOnlyWhatSaysSoOrNobodyAtAllIsWorthAnotherTry(t *testing.T) {
	info := &errdetails.ErrorInfo{Reason: "PROVIDER_RATE_LIMITED", Domain: "tako"}
	wait := &errdetails.RetryInfo{RetryDelay: durationpb.New(7 * time.Second)}
	limited := failing(t, codes.ResourceExhausted, info, wait)
	if !limited.Retryable() || limited.RetryAfter != 7*time.Second {
		t.Errorf("got %v after %v", limited.Retryable(), limited.RetryAfter)
	}
	if failing(t, codes.Unavailable, info).Retryable() {
		t.Error("the upstream refuses this request for ever")
	}
	client, err := tako.Dial("127.0.0.1:1")
	if err != nil {
		t.Fatal(err)
	}
	defer client.Close()
	_, err = client.Books.Search(t.Context(), &takov1.BooksSearchRequest{})
	var nobody *tako.Error
	if !errors.As(err, &nobody) || nobody.Code != codes.Unavailable || nobody.Reason != "" || !nobody.Retryable() {
		t.Errorf("got %v", err)
	}
}

func TestAStatusInAnAnswerIsAnErrorToo(t *testing.T) {
	told, err := status.New(codes.NotFound, "gone").WithDetails(&errdetails.ErrorInfo{Reason: "ITEM_NOT_FOUND"})
	if err != nil {
		t.Fatal(err)
	}
	failed := tako.FromStatus(told.Proto())
	if failed.Code != codes.NotFound || failed.Reason != tako.ReasonItemNotFound || failed.Message != "gone" {
		t.Errorf("got %+v", failed)
	}
}

func TestAProviderThatIsTooSlowIsNotTheContext(t *testing.T) {
	failed := failing(t, codes.DeadlineExceeded, &errdetails.ErrorInfo{Reason: "PROVIDER_TIMEOUT", Domain: "tako"})
	if errors.Is(failed, context.DeadlineExceeded) {
		t.Error("the context has time left")
	}
}
