using System;
using Testbed.Log;

namespace Testbed.Runner.Logs;

/// <summary>Takes one step through a window of a file.</summary>
internal delegate WalkStep WindowStep(ReadOnlySpan<byte> window);
