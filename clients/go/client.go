// Package tako is the Go client of Tako: one typed API over the sources of books, films, games and other things that
// people collect.
//
//	client, err := tako.Dial("127.0.0.1:50051")
//	if err != nil {
//		return err
//	}
//	defer client.Close()
//	answer, err := client.Books.Search(ctx, &takov1.BooksSearchRequest{Query: "dune"})
//
// The messages are in package takov1. Errors are of type *Error. Calls without a deadline get one of 30 seconds, and
// reads that fail with UNAVAILABLE are tried again. A Client may be used by many goroutines at once.
package tako

import (
	"fmt"

	"google.golang.org/grpc"
	healthpb "google.golang.org/grpc/health/grpc_health_v1"

	"github.com/tako-api/tako-go/takov1"
)

// Version is that of this client.
const Version = "0.1.0"

// maxMessage is what the server sends at most. gRPC alone would refuse everything above 4 MiB.
const maxMessage = 64 << 20

// Client has one typed client for each service of Tako, over one connection.
type Client struct {
	// One service for each domain.
	AnimeManga       takov1.AnimeMangaServiceClient
	BoardGames       takov1.BoardGamesServiceClient
	Books            takov1.BooksServiceClient
	Collectibles     takov1.CollectiblesServiceClient
	Comics           takov1.ComicsServiceClient
	ConstructionToys takov1.ConstructionToysServiceClient
	Ecommerce        takov1.EcommerceServiceClient
	Media            takov1.MediaServiceClient
	Music            takov1.MusicServiceClient
	StickerAlbums    takov1.StickerAlbumsServiceClient
	TradingCards     takov1.TradingCardsServiceClient
	VideoGames       takov1.VideoGamesServiceClient

	// Catalog asks several domains at once.
	Catalog takov1.CatalogServiceClient
	// Providers tells what each provider can do, and whether it can do it here.
	Providers takov1.ProviderServiceClient
	// Admin is for whoever runs the server. It needs WithAdminToken.
	Admin takov1.AdminServiceClient
	// Health is the standard health service; Check asks it in one call.
	Health healthpb.HealthClient

	conn *grpc.ClientConn
}

// Dial makes a client of the server at address: "host:port", "http://host:port" or "https://host". It does not wait for
// the connection: the first call makes it, and a lost one is made again.
//
// Without a scheme, an address of this machine (localhost, 127.0.0.1, ::1) is asked in plaintext, any other over TLS.
// WithTLS and WithPlaintext say otherwise. Close the client when done.
func Dial(address string, options ...Option) (*Client, error) {
	settings, err := settingsOf(address, options)
	if err != nil {
		return nil, err
	}
	conn, err := grpc.NewClient(settings.address, settings.dialOptions()...)
	if err != nil {
		return nil, fmt.Errorf("tako: can't connect to %q: %w", address, err)
	}
	return &Client{
		AnimeManga:       takov1.NewAnimeMangaServiceClient(conn),
		BoardGames:       takov1.NewBoardGamesServiceClient(conn),
		Books:            takov1.NewBooksServiceClient(conn),
		Collectibles:     takov1.NewCollectiblesServiceClient(conn),
		Comics:           takov1.NewComicsServiceClient(conn),
		ConstructionToys: takov1.NewConstructionToysServiceClient(conn),
		Ecommerce:        takov1.NewEcommerceServiceClient(conn),
		Media:            takov1.NewMediaServiceClient(conn),
		Music:            takov1.NewMusicServiceClient(conn),
		StickerAlbums:    takov1.NewStickerAlbumsServiceClient(conn),
		TradingCards:     takov1.NewTradingCardsServiceClient(conn),
		VideoGames:       takov1.NewVideoGamesServiceClient(conn),
		Catalog:          takov1.NewCatalogServiceClient(conn),
		Providers:        takov1.NewProviderServiceClient(conn),
		Admin:            takov1.NewAdminServiceClient(conn),
		Health:           healthpb.NewHealthClient(conn),
		conn:             conn,
	}, nil
}

// Close ends the connection, and every call on it.
func (c *Client) Close() error {
	return c.conn.Close()
}
