package tako_test

import (
	"context"
	"slices"
	"testing"

	"google.golang.org/grpc/codes"
	"google.golang.org/grpc/status"

	tako "github.com/tako-api/tako-go"
	"github.com/tako-api/tako-go/takov1"
)

// twoPages has one item on each page; the token of the second is "2".
func twoPages(_ context.Context, request *takov1.BooksSearchRequest) (*takov1.SearchResponse, error) {
	if request.GetQuery() != "dune" {
		return nil, status.Error(codes.InvalidArgument, "the question has changed")
	}
	if request.GetPageToken() == "" {
		return &takov1.SearchResponse{Items: []*takov1.Item{{Id: "a"}}, NextPageToken: "2"}, nil
	}
	return &takov1.SearchResponse{Items: []*takov1.Item{{Id: "b"}}}, nil
}

func TestItemsGoOverAllPages(t *testing.T) {
	client := withBooks(t, twoPages)
	request := &takov1.BooksSearchRequest{Query: "dune"}
	var ids []string
	for item, err := range tako.Items(t.Context(), client.Books.Search, request) {
		if err != nil {
			t.Fatal(err)
		}
		ids = append(ids, item.GetId())
	}
	if !slices.Equal(ids, []string{"a", "b"}) {
		t.Errorf("got %v", ids)
	}
	if request.GetPageToken() != "" {
		t.Error("the caller's request was changed")
	}
}

func TestAPageIsAskedForOnlyWhenItIsNeeded(t *testing.T) {
	asked := 0
	client := withBooks(t, func(ctx context.Context, r *takov1.BooksSearchRequest) (*takov1.SearchResponse, error) {
		asked++
		return twoPages(ctx, r)
	})
	for range tako.Items(t.Context(), client.Books.Search, &takov1.BooksSearchRequest{Query: "dune"}) {
		break
	}
	if asked != 1 {
		t.Errorf("asked %d times", asked)
	}
}

func TestAnErrorEndsThePages(t *testing.T) {
	client := withBooks(t, func(ctx context.Context, r *takov1.BooksSearchRequest) (*takov1.SearchResponse, error) {
		if r.GetPageToken() != "" {
			return nil, status.Error(codes.Internal, "broken")
		}
		return twoPages(ctx, r)
	})
	var ids []string
	var last error
	for item, err := range tako.Items(t.Context(), client.Books.Search, &takov1.BooksSearchRequest{Query: "dune"}) {
		if last != nil {
			t.Fatal("something came after the error")
		}
		ids, last = append(ids, item.GetId()), err
	}
	if !slices.Equal(ids, []string{"a", ""}) || status.Code(last) != codes.Internal {
		t.Errorf("got %v, %v", ids, last)
	}
}
