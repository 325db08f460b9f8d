package tako

import (
	"context"

	healthpb "google.golang.org/grpc/health/grpc_health_v1"
)

// Check asks for the health of one service, such as "tako.v1.BooksService", or with "" for that of the server. When the
// server has no such service, the *Error has the code NotFound.
func (c *Client) Check(ctx context.Context, service string) (healthpb.HealthCheckResponse_ServingStatus, error) {
	answer, err := c.Health.Check(ctx, &healthpb.HealthCheckRequest{Service: service})
	return answer.GetStatus(), err
}
