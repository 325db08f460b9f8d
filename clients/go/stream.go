package tako

import (
	"context"
	"errors"
	"io"
	"iter"

	"google.golang.org/grpc"

	"github.com/tako-api/tako-go/takov1"
)

// SearchStream asks several providers, and gives each one's items the moment that it answers. A provider that fails is
// an event, not an error. After an error there is nothing more. To leave the loop ends the search.
func (c *Client) SearchStream(
	ctx context.Context, request *takov1.CatalogSearchRequest, options ...grpc.CallOption,
) iter.Seq2[*takov1.SearchEvent, error] {
	return func(yield func(*takov1.SearchEvent, error) bool) {
		ctx, cancel := context.WithCancel(ctx)
		defer cancel()
		stream, err := c.Catalog.SearchStream(ctx, request, options...)
		if err != nil {
			yield(nil, err)
			return
		}
		for {
			event, err := stream.Recv()
			if errors.Is(err, io.EOF) {
				return
			}
			if !yield(event, err) || err != nil {
				return
			}
		}
	}
}
