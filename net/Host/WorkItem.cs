using Testbed.Foundation;

namespace Testbed.Net;

/// <summary>One unit of work that waits for its turn.</summary>
internal readonly record struct WorkItem(IWork Work, long Token);
