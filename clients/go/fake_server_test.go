package tako_test

import (
	"context"
	"net"
	"testing"

	"google.golang.org/grpc"

	tako "github.com/tako-api/tako-go"
	"github.com/tako-api/tako-go/takov1"
)

// fakeBooks answers Search as its function says.
type fakeBooks struct {
	takov1.UnimplementedBooksServiceServer
	search func(context.Context, *takov1.BooksSearchRequest) (*takov1.SearchResponse, error)
}

func (f fakeBooks) Search(ctx context.Context, request *takov1.BooksSearchRequest) (*takov1.SearchResponse, error) {
	return f.search(ctx, request)
}

// fakeCatalog answers SearchStream as its function says.
type fakeCatalog struct {
	takov1.UnimplementedCatalogServiceServer
	stream func(*takov1.CatalogSearchRequest, grpc.ServerStreamingServer[takov1.SearchEvent]) error
}

func (f fakeCatalog) SearchStream(
	request *takov1.CatalogSearchRequest, stream grpc.ServerStreamingServer[takov1.SearchEvent],
) error {
	return f.stream(request, stream)
}

// dial starts a server on a free port, and gives a client of it. Both end with the test.
func dial(t *testing.T, register func(*grpc.Server), options ...tako.Option) *tako.Client {
	t.Helper()
	listener, err := net.Listen("tcp", "127.0.0.1:0")
	if err != nil {
		t.Fatal(err)
	}
	server := grpc.NewServer()
	register(server)
	go func() { _ = server.Serve(listener) }()
	t.Cleanup(server.Stop)
	client, err := tako.Dial(listener.Addr().String(), options...)
	if err != nil {
		t.Fatal(err)
	}
	t.Cleanup(func() { _ = client.Close() })
	return client
}

// withBooks is a client of a server whose BooksService searches so.
func withBooks(
	t *testing.T, search func(context.Context, *takov1.BooksSearchRequest) (*takov1.SearchResponse, error),
	options ...tako.Option,
) *tako.Client {
	t.Helper()
	register := func(server *grpc.Server) { takov1.RegisterBooksServiceServer(server, fakeBooks{search: search}) }
	return dial(t, register, options...)
}
