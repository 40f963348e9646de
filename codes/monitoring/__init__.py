"""What Rimbalzo counts of its own work, for Prometheus: requests, times, explanations. Nothing of what people paste."""
