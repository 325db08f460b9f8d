"""What operators see of a running server: metrics, alerts, traces, logs; and what nobody may see."""
