using Xunit;

// Clients and brokers are processes of their own: two classes at once keep two processors busy, and no more
// than two brokers run at a time.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]
