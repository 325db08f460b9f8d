// Command tour shows Tako: search, stream, detail, trending, errors, health.
//
// Start a server with `make demo`, then: go run ./examples/tour [ADDRESS]
package main

import (
	"context"
	"errors"
	"fmt"
	"log"
	"os"

	tako "github.com/tako-api/tako-go"
	"github.com/tako-api/tako-go/takov1"
)

func main() {
	address := "127.0.0.1:50051"
	if len(os.Args) > 1 {
		address = os.Args[1]
	}
	if err := tour(context.Background(), address); err != nil {
		log.Fatal(err)
	}
}

func tour(ctx context.Context, address string) error {
	client, err := tako.Dial(address)
	if err != nil {
		return err
	}
	defer client.Close()

	fmt.Println("search")
	question := &takov1.BooksSearchRequest{Query: "sample lighthouse", Providers: []string{"openlibrary"}}
	found, err := client.Books.Search(ctx, question)
	if err != nil {
		return err
	}
	for _, item := range found.GetItems() {
		fmt.Printf("  %s  %s (%d)\n", item.GetId(), item.GetTitle(), item.GetYear())
	}

	fmt.Println("stream: each provider's items the moment it answers")
	everywhere := &takov1.CatalogSearchRequest{Query: "sample lighthouse", Domains: []string{"books"}}
	for event, err := range client.SearchStream(ctx, everywhere) {
		if err != nil {
			return err
		}
		if items := event.GetItems(); items != nil {
			fmt.Printf("  %s: %d items\n", items.GetProvider(), len(items.GetItems()))
		}
		if outcome := event.GetOutcome(); outcome.GetReason() != "" {
			fmt.Printf("  %s: %s\n", outcome.GetProvider(), outcome.GetReason())
		}
	}

	fmt.Println("detail")
	answer, err := client.Books.Detail(ctx, &takov1.BooksDetailRequest{Id: found.GetItems()[0].GetId()})
	if err != nil {
		return err
	}
	book := answer.GetItem()
	fmt.Printf("  %s, %d pages, %s\n", book.GetTitle(), book.GetBook().GetPageCount(), book.GetAttribution().GetText())

	fmt.Println("trending, every page")
	feed := &takov1.BooksTrendingRequest{Providers: []string{"openlibrary"}}
	for item, err := range tako.Items(ctx, client.Books.Trending, feed) {
		if err != nil {
			return err
		}
		fmt.Printf("  %d. %s\n", item.GetContext().GetPosition(), item.GetTitle())
	}

	fmt.Println("errors")
	_, err = client.Books.Detail(ctx, &takov1.BooksDetailRequest{Id: "openlibrary/book/OL90000404W"})
	var failed *tako.Error
	if errors.As(err, &failed) && failed.Reason == tako.ReasonItemNotFound {
		fmt.Printf("  %s by %s: %s\n", failed.Reason, failed.Metadata["provider"], failed.Message)
	}
	_, err = client.Books.Search(ctx, &takov1.BooksSearchRequest{Query: "sample", PageSize: -1})
	if errors.As(err, &failed) {
		for _, violation := range failed.Violations {
			fmt.Printf("  %v: %s %s\n", failed.Code, violation.Field, violation.Description)
		}
	}

	fmt.Println("health")
	health, err := client.Check(ctx, "")
	if err != nil {
		return err
	}
	fmt.Printf("  %v\n", health)
	return nil
}
