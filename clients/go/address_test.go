package tako

import (
	"strings"
	"testing"
)

func TestThisMachineIsAskedInPlaintextAndAnyOtherOverTLS(t *testing.T) {
	for text, want := range map[string]target{
		"127.0.0.1:50061":           {"127.0.0.1:50061", false},
		"localhost":                 {"localhost:50051", false},
		"[::1]:50061":               {"[::1]:50061", false},
		"tako.example.org:443":      {"tako.example.org:443", true},
		"tako.example.org":          {"tako.example.org:50051", true},
		"127.0.0.1.example.org:443": {"127.0.0.1.example.org:443", true},
		"http://tako:50051":         {"tako:50051", false},
		"https://127.0.0.1/":        {"127.0.0.1:443", true},
	} {
		if got, err := parseTarget(text); err != nil || got != want {
			t.Errorf("%s: got %+v, %v", text, got, err)
		}
	}
}

func TestWhatIsNoAddressIsAnErrorThatSaysHowOneLooks(t *testing.T) {
	for _, text := range []string{"", ":50051", "ftp://x", "x:port", "https://", "x/path", "user@x:1", "x?y", "a b"} {
		if got, err := parseTarget(text); err == nil || !strings.Contains(err.Error(), "must be host:port") {
			t.Errorf("%q: got %+v, %v", text, got, err)
		}
	}
}

func TestAPasswordInAnAddressIsNotRepeated(t *testing.T) {
	for _, text := range []string{"me:hush@x:1", "https://me:hush@x", "http://me:hush @x", "ftp://me:hush@x", "x/?key=hush"} {
		if _, err := parseTarget(text); err == nil || strings.Contains(err.Error(), "hush") {
			t.Errorf("%q: got %v", text, err)
		}
	}
}

func TestASecretNeedsTLSUnlessPlaintextWasChosen(t *testing.T) {
	if !(identity{apiKey: "key"}).RequireTransportSecurity() {
		t.Error("a key may go over plaintext")
	}
	if (identity{apiKey: "key", plaintext: true}).RequireTransportSecurity() {
		t.Error("plaintext was chosen")
	}
}
