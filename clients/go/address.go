package tako

import (
	"errors"
	"net"
	"net/url"
	"strings"
)

const (
	port      = "50051"
	httpsPort = "443"
)

// target is where the server is, and whether it is asked over TLS.
type target struct {
	address string
	tls     bool
}

// parseTarget reads "host", "host:port", "http://host:port" or "https://host:port". Without a scheme it is TLS, unless
// the server is on this machine: a key should not travel in the clear because somebody forgot a letter.
func parseTarget(address string) (target, error) {
	scheme, rest, hasScheme := strings.Cut(address, "://")
	if !hasScheme {
		scheme, rest = "", address
	}
	parsed, err := url.Parse("//" + rest)
	plain := err == nil && parsed.Hostname() != "" && parsed.User == nil && strings.Trim(parsed.Path, "/") == "" &&
		parsed.RawQuery == "" && parsed.Fragment == ""
	if !plain || hasScheme && scheme != "http" && scheme != "https" {
		// It is not repeated: a password may be in it, and errors are logged.
		return target{}, errors.New("tako: the address must be host:port, http://host:port or https://host:port")
	}
	at := parsed.Port()
	switch {
	case at != "":
	case scheme == "https":
		at = httpsPort
	default:
		at = port
	}
	return target{
		address: net.JoinHostPort(parsed.Hostname(), at),
		tls:     scheme == "https" || !hasScheme && !isLoopback(parsed.Hostname()),
	}, nil
}

func isLoopback(host string) bool {
	ip := net.ParseIP(host)
	return host == "localhost" || ip != nil && ip.IsLoopback()
}
