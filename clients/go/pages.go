package tako

import (
	"context"
	"iter"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/proto"
	"google.golang.org/protobuf/reflect/protoreflect"

	"github.com/tako-api/tako-go/takov1"
)

// Call is a method of a service, such as client.Books.Search.
type Call[Request, Answer any] func(context.Context, Request, ...grpc.CallOption) (Answer, error)

// Paged is a request that can go on where an answer ended.
type Paged interface {
	proto.Message
	GetPageToken() string
}

// Page is an answer that may have more behind it.
type Page interface {
	GetNextPageToken() string
}

// PageOfItems is a page of Search, Trending or Related.
type PageOfItems interface {
	Page
	GetItems() []*takov1.Item
}

// PageOfTerms is a page of Terms.
type PageOfTerms interface {
	Page
	GetTerms() []*takov1.Term
}

// Pages gives all pages from the request's on. Each has outcomes that say what became of the providers. After an error
// there is nothing more. Every page is a call of its own, with a deadline of its own; that of ctx ends them all.
func Pages[Request Paged, Answer Page](
	ctx context.Context, call Call[Request, Answer], request Request, options ...grpc.CallOption,
) iter.Seq2[Answer, error] {
	return func(yield func(Answer, error) bool) {
		asked := proto.CloneOf(request)
		for {
			page, err := call(ctx, asked, options...)
			if err != nil {
				var none Answer
				yield(none, err)
				return
			}
			if !yield(page, nil) || page.GetNextPageToken() == "" {
				return
			}
			setPageToken(asked, page.GetNextPageToken())
		}
	}
}

// Items gives the items of all pages, and asks for a page when the one before is used up.
//
//	for item, err := range tako.Items(ctx, client.Books.Search, &takov1.BooksSearchRequest{Query: "dune"}) { ... }
//
// After an error there is nothing more.
func Items[Request Paged, Answer PageOfItems](
	ctx context.Context, call Call[Request, Answer], request Request, options ...grpc.CallOption,
) iter.Seq2[*takov1.Item, error] {
	return entries(Pages(ctx, call, request, options...), Answer.GetItems)
}

// Terms gives the terms of all pages.
func Terms[Request Paged, Answer PageOfTerms](
	ctx context.Context, call Call[Request, Answer], request Request, options ...grpc.CallOption,
) iter.Seq2[*takov1.Term, error] {
	return entries(Pages(ctx, call, request, options...), Answer.GetTerms)
}

func entries[Answer, Entry any](
	pages iter.Seq2[Answer, error], in func(Answer) []*Entry,
) iter.Seq2[*Entry, error] {
	return func(yield func(*Entry, error) bool) {
		for page, err := range pages {
			if err != nil {
				yield(nil, err)
				return
			}
			for _, entry := range in(page) {
				if !yield(entry, nil) {
					return
				}
			}
		}
	}
}

// setPageToken sets the field by its name: the requests have no method for it in common.
func setPageToken(request Paged, token string) {
	message := request.ProtoReflect()
	message.Set(message.Descriptor().Fields().ByName("page_token"), protoreflect.ValueOfString(token))
}
