using System;
using Testbed.Foundation;

namespace Testbed.Node.Logs;

/// <summary>Something done from time to time, again so long after it was done last.</summary>
internal sealed record LogChore(long IntervalMs, Func<EngineTask> Work);
