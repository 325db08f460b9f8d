package tako

import (
	"context"
	"errors"
	"io"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/metadata"
)

// unaryCalls gives a call the deadline that it lacks, and makes its error an *Error. Retries are inside: they share one
// deadline.
func unaryCalls(timeout time.Duration) grpc.UnaryClientInterceptor {
	return func(
		ctx context.Context, method string, request, answer any, conn *grpc.ClientConn,
		invoke grpc.UnaryInvoker, options ...grpc.CallOption,
	) error {
		ctx, cancel := withDeadline(ctx, timeout)
		defer cancel()
		var trailer metadata.MD
		err := invoke(ctx, method, request, answer, conn, append(options, grpc.Trailer(&trailer))...)
		return asError(err, trailer)
	}
}

// streamCalls does the same for a stream: its deadline is that of the whole stream.
func streamCalls(timeout time.Duration) grpc.StreamClientInterceptor {
	return func(
		ctx context.Context, description *grpc.StreamDesc, conn *grpc.ClientConn, method string,
		open grpc.Streamer, options ...grpc.CallOption,
	) (grpc.ClientStream, error) {
		ctx, cancel := withDeadline(ctx, timeout)
		stream, err := open(ctx, description, conn, method, options...)
		if err != nil {
			cancel()
			return nil, asError(err, nil)
		}
		return &timedStream{ClientStream: stream, cancel: cancel}, nil
	}
}

// timedStream frees its deadline when the stream ends.
type timedStream struct {
	grpc.ClientStream
	cancel context.CancelFunc
}

func (s *timedStream) SendMsg(message any) error {
	return s.ended(s.ClientStream.SendMsg(message))
}

func (s *timedStream) RecvMsg(message any) error {
	return s.ended(s.ClientStream.RecvMsg(message))
}

func (s *timedStream) ended(err error) error {
	if err == nil {
		return nil
	}
	s.cancel()
	if errors.Is(err, io.EOF) {
		return err
	}
	return asError(err, s.ClientStream.Trailer())
}

func withDeadline(ctx context.Context, timeout time.Duration) (context.Context, context.CancelFunc) {
	if _, has := ctx.Deadline(); has {
		return context.WithCancel(ctx)
	}
	return context.WithTimeout(ctx, timeout)
}
