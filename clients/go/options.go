package tako

import (
	"crypto/tls"
	_ "embed"
	"errors"
	"fmt"
	"strings"
	"time"

	"google.golang.org/grpc"
	"google.golang.org/grpc/credentials"
	"google.golang.org/grpc/credentials/insecure"
	"google.golang.org/grpc/keepalive"
)

// DefaultTimeout is the time that a call gets when its context has no deadline.
const DefaultTimeout = 30 * time.Second

// serviceConfig says what is tried again. It is the server's own file, byte for byte.
//
//go:embed tako_grpc_service_config.json
var serviceConfig string

// Option changes how Dial connects.
type Option func(*settings)

type settings struct {
	address    string
	plaintext  bool
	tls        *tls.Config
	timeout    time.Duration
	apiKey     string
	adminToken string
	userAgent  string
	extra      []grpc.DialOption
}

// WithAPIKey sends a key of the server with every call.
func WithAPIKey(key string) Option {
	return func(s *settings) { s.apiKey = key }
}

// WithAdminToken sends the operator's token with every call.
func WithAdminToken(token string) Option {
	return func(s *settings) { s.adminToken = token }
}

// WithTLS connects over TLS, whatever the address. nil means the system's authorities.
func WithTLS(config *tls.Config) Option {
	return func(s *settings) {
		if config == nil {
			config = &tls.Config{MinVersion: tls.VersionTLS12}
		}
		s.plaintext, s.tls = false, config
	}
}

// WithPlaintext connects without TLS, whatever the address. Keys and tokens can then be read on the way.
func WithPlaintext() Option {
	return func(s *settings) { s.plaintext, s.tls = true, nil }
}

// WithTimeout is the time that a call gets when its context has no deadline, instead of DefaultTimeout.
func WithTimeout(timeout time.Duration) Option {
	return func(s *settings) { s.timeout = timeout }
}

// WithUserAgent puts the name of your program before that of this client.
func WithUserAgent(name string) Option {
	return func(s *settings) { s.userAgent = name + " " + s.userAgent }
}

// WithDialOptions adds options of grpc itself: interceptors, statistics, keepalive, a dialer.
func WithDialOptions(options ...grpc.DialOption) Option {
	return func(s *settings) { s.extra = append(s.extra, options...) }
}

func settingsOf(address string, options []Option) (*settings, error) {
	where, err := parseTarget(address)
	if err != nil {
		return nil, err
	}
	s := &settings{address: where.address, timeout: DefaultTimeout, userAgent: "tako-go/" + Version}
	if where.tls {
		WithTLS(nil)(s)
	} else {
		WithPlaintext()(s)
	}
	for _, option := range options {
		option(s)
	}
	if s.timeout <= 0 {
		return nil, fmt.Errorf("tako: the timeout must be above zero, not %v", s.timeout)
	}
	// Its text is not repeated: errors are logged.
	if strings.ContainsFunc(s.apiKey+s.adminToken, func(r rune) bool { return r < '!' || r > '~' }) {
		return nil, errors.New("tako: an API key or admin token must be visible ASCII characters")
	}
	return s, nil
}

func (s *settings) dialOptions() []grpc.DialOption {
	transport := insecure.NewCredentials()
	if !s.plaintext {
		transport = credentials.NewTLS(s.tls)
	}
	options := []grpc.DialOption{
		grpc.WithTransportCredentials(transport),
		grpc.WithDefaultServiceConfig(serviceConfig),
		grpc.WithDefaultCallOptions(grpc.MaxCallRecvMsgSize(maxMessage)),
		grpc.WithUserAgent(s.userAgent),
		// A server that has vanished is noticed while a call waits for it.
		grpc.WithKeepaliveParams(keepalive.ClientParameters{Time: time.Minute, Timeout: 20 * time.Second}),
		grpc.WithChainUnaryInterceptor(unaryCalls(s.timeout)),
		grpc.WithChainStreamInterceptor(streamCalls(s.timeout)),
	}
	if s.apiKey != "" || s.adminToken != "" {
		options = append(options, grpc.WithPerRPCCredentials(identity{s.apiKey, s.adminToken, s.plaintext}))
	}
	return append(options, s.extra...)
}
