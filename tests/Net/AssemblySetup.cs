using Xunit;

// Tests that measure and tests that storm would disturb one another on two cores.
[assembly: CollectionBehavior(DisableTestParallelization = true)]
