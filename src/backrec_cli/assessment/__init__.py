"""The result for one patient: findings, steps, what is missing, the verdict and its exit code."""
