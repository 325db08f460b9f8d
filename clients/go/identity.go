package tako

import "context"

// identity says with every call who is asking. It implements credentials.PerRPCCredentials.
type identity struct {
	apiKey     string
	adminToken string
	plaintext  bool
}

func (i identity) GetRequestMetadata(context.Context, ...string) (map[string]string, error) {
	metadata := make(map[string]string, 2)
	if i.apiKey != "" {
		metadata["x-api-key"] = i.apiKey
	}
	if i.adminToken != "" {
		metadata["authorization"] = "Bearer " + i.adminToken
	}
	return metadata, nil
}

// RequireTransportSecurity makes grpc refuse a plaintext connection, unless the caller chose one.
func (i identity) RequireTransportSecurity() bool {
	return !i.plaintext
}
