package tako_test

import (
	"context"
	"errors"
	"strings"
	"testing"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/metadata"
	"google.golang.org/grpc/status"

	tako "github.com/tako-api/tako-go"
	"github.com/tako-api/tako-go/takov1"
)

func TestACallWithoutADeadlineGetsOne(t *testing.T) {
	var left time.Duration
	client := withBooks(t, func(ctx context.Context, _ *takov1.BooksSearchRequest) (*takov1.SearchResponse, error) {
		deadline, _ := ctx.Deadline()
		left = time.Until(deadline)
		return &takov1.SearchResponse{}, nil
	})
	if _, err := client.Books.Search(t.Context(), &takov1.BooksSearchRequest{}); err != nil {
		t.Fatal(err)
	}
	if left <= 20*time.Second || left > tako.DefaultTimeout {
		t.Errorf("the call had %v", left)
	}
}

func TestTheDeadlineEndsACallThatGetsNoAnswer(t *testing.T) {
	client := withBooks(t, func(ctx context.Context, _ *takov1.BooksSearchRequest) (*takov1.SearchResponse, error) {
		<-ctx.Done()
		return nil, ctx.Err()
	}, tako.WithTimeout(100*time.Millisecond))
	_, err := client.Books.Search(t.Context(), &takov1.BooksSearchRequest{})
	var failed *tako.Error
	if !errors.As(err, &failed) || failed.Code != codes.DeadlineExceeded || !errors.Is(err, context.DeadlineExceeded) {
		t.Errorf("got %v", err)
	}
}

func TestAReadThatIsUnavailableIsTriedAgainAndNothingElse(t *testing.T) {
	for code, want := range map[codes.Code]int{codes.Unavailable: 3, codes.ResourceExhausted: 1, codes.Internal: 1} {
		asked := 0
		client := withBooks(t, func(context.Context, *takov1.BooksSearchRequest) (*takov1.SearchResponse, error) {
			asked++
			return nil, status.Error(code, "not now")
		})
		_, err := client.Books.Search(t.Context(), &takov1.BooksSearchRequest{})
		if status.Code(err) != code || asked != want {
			t.Errorf("%v: asked %d times, got %v", code, asked, err)
		}
	}
}

func TestKeyAndTokenGoWithEveryCall(t *testing.T) {
	var told metadata.MD
	client := withBooks(t, func(ctx context.Context, _ *takov1.BooksSearchRequest) (*takov1.SearchResponse, error) {
		told, _ = metadata.FromIncomingContext(ctx)
		return &takov1.SearchResponse{}, nil
	}, tako.WithAPIKey("key"), tako.WithAdminToken("token"), tako.WithUserAgent("mine/1"))
	if _, err := client.Books.Search(t.Context(), &takov1.BooksSearchRequest{}); err != nil {
		t.Fatal(err)
	}
	if told.Get("x-api-key")[0] != "key" || told.Get("authorization")[0] != "Bearer token" {
		t.Errorf("told %v", told)
	}
	if agent := told.Get("user-agent")[0]; !strings.HasPrefix(agent, "mine/1 tako-go/"+tako.Version) {
		t.Errorf("the user agent is %q", agent)
	}
}

func TestASettingThatMakesNoSenseIsAnError(t *testing.T) {
	for name, options := range map[string][]tako.Option{
		"timeout": {tako.WithTimeout(0)},
		"API key": {tako.WithAPIKey("hush\nlines"), tako.WithAPIKey("hush words"), tako.WithAdminToken("hüsh")},
	} {
		for _, option := range options {
			_, err := tako.Dial("127.0.0.1:1", option)
			if err == nil || !strings.Contains(err.Error(), name) || strings.Contains(err.Error(), "sh") {
				t.Errorf("%s: got %v", name, err)
			}
		}
	}
	if _, err := tako.Dial("ftp://127.0.0.1"); err == nil || !strings.Contains(err.Error(), "must be host:port") {
		t.Errorf("got %v", err)
	}
}

func TestLeavingAStreamEndsItAtTheServer(t *testing.T) {
	ended := make(chan struct{})
	client := dial(t, func(server *grpc.Server) {
		takov1.RegisterCatalogServiceServer(server, fakeCatalog{
			stream: func(_ *takov1.CatalogSearchRequest, out grpc.ServerStreamingServer[takov1.SearchEvent]) error {
				defer close(ended)
				if err := out.Send(&takov1.SearchEvent{}); err != nil {
					return err
				}
				<-out.Context().Done()
				return out.Context().Err()
			},
		})
	})
	for _, err := range client.SearchStream(t.Context(), &takov1.CatalogSearchRequest{}) {
		if err != nil {
			t.Fatal(err)
		}
		break
	}
	select {
	case <-ended:
	case <-time.After(10 * time.Second):
		t.Error("the server went on")
	}
}

func TestTheErrorOfAStreamIsTheLastThingInIt(t *testing.T) {
	client := dial(t, func(server *grpc.Server) {
		takov1.RegisterCatalogServiceServer(server, fakeCatalog{
			stream: func(_ *takov1.CatalogSearchRequest, out grpc.ServerStreamingServer[takov1.SearchEvent]) error {
				if err := out.Send(&takov1.SearchEvent{}); err != nil {
					return err
				}
				return status.Error(codes.Internal, "broken")
			},
		})
	})
	events, failures := 0, 0
	for _, err := range client.SearchStream(t.Context(), &takov1.CatalogSearchRequest{}) {
		var failed *tako.Error
		switch {
		case err == nil:
			events++
		case errors.As(err, &failed) && failed.Code == codes.Internal:
			failures++
		default:
			t.Errorf("got %v", err)
		}
	}
	if events != 1 || failures != 1 {
		t.Errorf("%d events, %d errors", events, failures)
	}
}
