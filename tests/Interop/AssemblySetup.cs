using System.Runtime.Versioning;
using Xunit;

// Clients and brokers are processes of their own: two classes at once keep two processors busy, and no more
// than two brokers run at a time.
[assembly: CollectionBehavior(MaxParallelThreads = 2)]

// Signals, users and permissions are POSIX's.
[assembly: UnsupportedOSPlatform("windows")]
