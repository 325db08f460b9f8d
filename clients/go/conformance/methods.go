package main

import (
	"context"
	"fmt"
	"iter"

	"google.golang.org/grpc"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	tako "github.com/tako-api/tako-go"
	"github.com/tako-api/tako-go/takov1"
)

// ask calls a method with a request in JSON.
type ask func(ctx context.Context, request []byte) (proto.Message, error)

// list goes over all pages of a method.
type list func(ctx context.Context, request []byte) (iter.Seq2[*takov1.Item, error], error)

func unaryMethods(client *tako.Client) map[string]ask {
	return map[string]ask{
		"tako.v1.BooksService/Search":         unary(client.Books.Search),
		"tako.v1.BooksService/Detail":         unary(client.Books.Detail),
		"tako.v1.BooksService/Trending":       unary(client.Books.Trending),
		"tako.v1.BooksService/Related":        unary(client.Books.Related),
		"tako.v1.BoardGamesService/Search":    unary(client.BoardGames.Search),
		"tako.v1.MusicService/Terms":          unary(client.Music.Terms),
		"tako.v1.CatalogService/BatchDetail":  unary(client.Catalog.BatchDetail),
		"tako.v1.CatalogService/Lookup":       unary(client.Catalog.Lookup),
		"tako.v1.ProviderService/GetProvider": unary(client.Providers.GetProvider),
		"tako.v1.AdminService/GetCacheStats":  unary(client.Admin.GetCacheStats),
	}
}

func pagedMethods(client *tako.Client) map[string]list {
	return map[string]list{
		"tako.v1.BooksService/Search":      paged(client.Books.Search),
		"tako.v1.BooksService/Trending":    paged(client.Books.Trending),
		"tako.v1.BooksService/Related":     paged(client.Books.Related),
		"tako.v1.BoardGamesService/Search": paged(client.BoardGames.Search),
	}
}

// message is a pointer to a generated struct.
type message[Struct any] interface {
	*Struct
	proto.Message
}

func unary[Struct any, Request message[Struct], Answer proto.Message](
	call func(context.Context, Request, ...grpc.CallOption) (Answer, error),
) ask {
	return func(ctx context.Context, text []byte) (proto.Message, error) {
		request, err := read[Struct, Request](text)
		if err != nil {
			return nil, err
		}
		return call(ctx, request)
	}
}

func paged[Struct any, Request interface {
	message[Struct]
	tako.Paged
}, Answer tako.PageOfItems](
	call func(context.Context, Request, ...grpc.CallOption) (Answer, error),
) list {
	return func(ctx context.Context, text []byte) (iter.Seq2[*takov1.Item, error], error) {
		request, err := read[Struct, Request](text)
		if err != nil {
			return nil, err
		}
		return tako.Items(ctx, call, request), nil
	}
}

func read[Struct any, Request message[Struct]](text []byte) (Request, error) {
	request := Request(new(Struct))
	if err := protojson.Unmarshal(text, request); err != nil {
		return nil, fmt.Errorf("the request of the case: %w", err)
	}
	return request, nil
}
