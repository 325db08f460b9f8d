package main

import (
	"context"
	"crypto/tls"
	"crypto/x509"
	"encoding/json"
	"fmt"
	"os"
	"strings"
	"time"

	healthpb "google.golang.org/grpc/health/grpc_health_v1"
	"google.golang.org/grpc/metadata"
	"google.golang.org/protobuf/encoding/protojson"
	"google.golang.org/protobuf/proto"

	tako "github.com/tako-api/tako-go"
	"github.com/tako-api/tako-go/conformance/table"
	"github.com/tako-api/tako-go/takov1"
)

// patience ends a case that never does. It is longer than any deadline of the table.
const patience = time.Minute

// runCase says with an error what of a case does not hold.
func runCase(c table.Case) error {
	client, err := connect(c)
	if err != nil {
		return err
	}
	defer client.Close()
	limit := time.AfterFunc(patience, func() {
		fmt.Printf("failed %s: did not end within %v\n", c.ID, patience)
		os.Exit(1)
	})
	defer limit.Stop()

	ctx := context.Background()
	for name, value := range c.Options.Metadata {
		ctx = metadata.AppendToOutgoingContext(ctx, name, value)
	}
	if ms := c.Options.TimeoutMS; ms > 0 {
		var cancel context.CancelFunc
		ctx, cancel = context.WithTimeout(ctx, time.Duration(ms)*time.Millisecond)
		defer cancel()
	}
	answer, err := askFor(ctx, c, client)
	return judge(c, answer, err)
}

func connect(c table.Case) (*tako.Client, error) {
	address := os.Getenv("TAKO_TEST_" + strings.ToUpper(c.Server))
	if address == "" {
		return nil, fmt.Errorf("no address of the server %q", c.Server)
	}
	var options []tako.Option
	if key := c.Options.APIKey; key != "" {
		options = append(options, tako.WithAPIKey(fromEnvironment(key)))
	}
	if token := c.Options.AdminToken; token != "" {
		options = append(options, tako.WithAdminToken(fromEnvironment(token)))
	}
	if c.Server == "tls" {
		authorities := x509.NewCertPool()
		pem, err := os.ReadFile(os.Getenv("TAKO_TEST_CA"))
		if err != nil {
			return nil, fmt.Errorf("TAKO_TEST_CA: %w", err)
		}
		if !authorities.AppendCertsFromPEM(pem) {
			return nil, fmt.Errorf("TAKO_TEST_CA: no certificate in it")
		}
		options = append(options, tako.WithTLS(&tls.Config{RootCAs: authorities, MinVersion: tls.VersionTLS12}))
	}
	return tako.Dial(address, options...)
}

func fromEnvironment(value string) string {
	if name, is := strings.CutPrefix(value, "$"); is {
		return os.Getenv(name)
	}
	return value
}

// askFor gives the JSON of the answer, as encoding/json reads it.
func askFor(ctx context.Context, c table.Case, client *tako.Client) (any, error) {
	switch c.Kind {
	case "unary":
		return once(ctx, c, client)
	case "pages":
		return allItems(ctx, c, client)
	case "stream":
		return allEvents(ctx, c, client)
	case "cancel":
		return nil, cancelled(ctx, c, client)
	case "health":
		return health(ctx, c, client)
	default:
		return nil, fmt.Errorf("there is no kind %q", c.Kind)
	}
}

func once(ctx context.Context, c table.Case, client *tako.Client) (any, error) {
	call, known := unaryMethods(client)[c.Call]
	if !known {
		return nil, fmt.Errorf("%s is not among the methods", c.Call)
	}
	answer, err := call(ctx, c.Request)
	if err != nil {
		return nil, err
	}
	return asJSON(answer)
}

func allItems(ctx context.Context, c table.Case, client *tako.Client) (any, error) {
	call, known := pagedMethods(client)[c.Call]
	if !known {
		return nil, fmt.Errorf("%s is not among the methods with pages", c.Call)
	}
	items, err := call(ctx, c.Request)
	if err != nil {
		return nil, err
	}
	all := []any{}
	for item, err := range items {
		if err != nil {
			return nil, err
		}
		read, err := asJSON(item)
		if err != nil {
			return nil, err
		}
		all = append(all, read)
	}
	return map[string]any{"items": all}, nil
}

func allEvents(ctx context.Context, c table.Case, client *tako.Client) (any, error) {
	request, err := read[takov1.CatalogSearchRequest](c.Request)
	if err != nil {
		return nil, err
	}
	all := []any{}
	for event, err := range client.SearchStream(ctx, request) {
		if err != nil {
			return nil, err
		}
		read, err := asJSON(event)
		if err != nil {
			return nil, err
		}
		all = append(all, read)
	}
	return all, nil
}

// cancelled cancels a stream after its first event, and anything else after the time that the case says.
func cancelled(ctx context.Context, c table.Case, client *tako.Client) error {
	ctx, cancel := context.WithCancel(ctx)
	defer cancel()
	if c.Call != "tako.v1.CatalogService/SearchStream" {
		time.AfterFunc(time.Duration(c.Options.CancelAfterMS)*time.Millisecond, cancel)
		_, err := once(ctx, c, client)
		return err
	}
	request, err := read[takov1.CatalogSearchRequest](c.Request)
	if err != nil {
		return err
	}
	for _, err := range client.SearchStream(ctx, request) {
		if err != nil {
			return err
		}
		cancel()
	}
	return nil
}

func health(ctx context.Context, c table.Case, client *tako.Client) (any, error) {
	request, err := read[healthpb.HealthCheckRequest](c.Request)
	if err != nil {
		return nil, err
	}
	status, err := client.Check(ctx, request.GetService())
	return map[string]any{"status": status.String()}, err
}

func asJSON(answer proto.Message) (any, error) {
	text, err := protojson.Marshal(answer)
	if err != nil {
		return nil, err
	}
	var read any
	return read, json.Unmarshal(text, &read)
}
